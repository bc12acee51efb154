using Grid.Client.Report;

namespace Grid.Client.Tests.Report;

public sealed class TraceLinkTests
{
    private static TraceLink? Read(string? address) =>
        TraceLink.Read(address is null ? [] : new Dictionary<string, string> { [TraceLink.Variable] = address });

    [Theory]
    [InlineData("http://127.0.0.1:3000/explore?trace={trace}")]
    [InlineData("https://jaeger/trace/{trace}")]
    public void An_address_of_traces_is_taken(string address) => Read(address).ShouldBe(new TraceLink(address));

    [Theory]
    [InlineData("javascript:alert('{trace}')")]
    [InlineData("file:///etc/{trace}")]
    [InlineData("http://127.0.0.1:3000/")]
    [InlineData("{trace}")]
    public void What_is_no_such_address_is_refused(string address) =>
        Should.Throw<UserException>(() => Read(address)).Message.ShouldContain("it must be an address that begins with http:// or https:// and has {trace}");

    [Fact]
    public void Without_the_variable_there_is_none() => (Read(null), Read("")).ShouldBe((null, null));
}
