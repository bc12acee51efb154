using System.Globalization;
using Grid.Client.Drawing;

namespace Grid.Client.Doctor;

/// <summary>Whether this machine's clock goes steadily, and as that of a cluster's database. Begun before the other checks, told after them.</summary>
internal sealed class ClockCheck(TimeProvider time)
{
    private const string Name = "clock";

    /// <summary>Certificates are issued from some minutes before they are, and times of different machines should still read in order.</summary>
    private static readonly TimeSpan MostApart = TimeSpan.FromSeconds(5);

    /// <summary>What slewing by a time service stays far below.</summary>
    private static readonly TimeSpan MostStep = TimeSpan.FromSeconds(0.5);

    private readonly DateTimeOffset begun = time.GetUtcNow();
    private readonly long ticks = time.GetTimestamp();

    /// <param name="ahead">By how much the database's clock is ahead of this one's; null where there is none.</param>
    /// <param name="uncertainty">By how much that may be wrong.</param>
    public Check End(TimeSpan? ahead = null, TimeSpan uncertainty = default)
    {
        const string set = "Have a time service set it, such as: timedatectl set-ntp true";
        var now = time.GetUtcNow();
        var step = now - begun - time.GetElapsedTime(ticks);
        if (step.Duration() > MostStep)
            return Check.Warning(Name, $"set by {Seconds(step)} while the doctor looked", set);
        if (ahead is not { } apart)
            return Check.Ok(Name, string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss} UTC, and goes steadily"));
        var found = $"{Seconds(apart.Duration())} {(apart > TimeSpan.Zero ? "behind" : "ahead of")} the database's (to within {Seconds(uncertainty)}), and goes steadily";
        return apart.Duration() - uncertainty <= MostApart
            ? Check.Ok(Name, found)
            : Check.Warning(Name, found, $"Leases run by the database's clock, but certificates and the times shown by this machine's. {set}");
    }

    private static string Seconds(TimeSpan span) => Units.Text(span.TotalSeconds, "s");
}
