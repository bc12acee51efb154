using System.Net;
using Grid.Silo.Security;

namespace Grid.Silo.Tests.Security;

public sealed class ListenPolicyTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void On_this_machine_alone_anything_goes(string address)
    {
        var policy = new ListenPolicy(IPAddress.Parse(address), Tls: false, Insecure: false);

        (policy.Error, policy.Warning).ShouldBe((null, null));
        (policy with { Tls = true }).Error.ShouldBeNull();
        (policy with { Insecure = true }).Warning.ShouldBeNull();
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("10.0.0.5")]
    [InlineData("::ffff:10.0.0.5")]
    [InlineData("fe80::1")]
    public void Beyond_it_only_with_TLS_or_where_the_network_is_said_to_be_trusted(string address)
    {
        var policy = new ListenPolicy(IPAddress.Parse(address), Tls: false, Insecure: false);

        policy.Error.ShouldNotBeNull().ShouldContain("--tls-certificate");
        policy.Error.ShouldContain("--insecure");
        (policy with { Tls = true }).Error.ShouldBeNull();
        (policy with { Tls = true }).Warning.ShouldBeNull();
        (policy with { Insecure = true }).Error.ShouldBeNull();
        (policy with { Insecure = true }).Warning.ShouldNotBeNull().ShouldContain("INSECURE");
    }

    [Fact]
    public void Certificates_and_insecure_at_once_are_refused() =>
        new ListenPolicy(IPAddress.Loopback, Tls: true, Insecure: true).Error.ShouldNotBeNull().ShouldContain("contradict");
}
