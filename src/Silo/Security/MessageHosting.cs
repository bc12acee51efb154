using Grid.Grains.Messages;
using Orleans.Configuration;

namespace Grid.Silo.Security;

/// <summary>What a silo takes from others.</summary>
public static class MessageHosting
{
    /// <summary>Bytes; many times what the largest message takes, little enough that a few of them fill no memory.</summary>
    public const int LargestMessage = 16 << 20;

    /// <summary>Looks at every message before a grain gets it, and takes none that is larger than <see cref="LargestMessage"/>.</summary>
    public static ISiloBuilder UseMessageChecks(this ISiloBuilder silo) => silo
        .AddIncomingGrainCallFilter<MessageCheck>()
        .AddIncomingGrainCallFilter<PlainErrors>()
        .Configure<SiloMessagingOptions>(options => options.MaxMessageBodySize = LargestMessage);
}
