using System.IO.Pipelines;
using System.Net;
using Grid.Silo.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Silo.Tests.Security;

public sealed class TlsMiddlewareTests : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly FakeTimeProvider time = new(TestAuthority.Now);
    private readonly Lines log = new();

    [Fact]
    public async Task Who_says_nothing_is_cut_off_after_the_time_of_a_handshake()
    {
        var middleware = Middleware();
        var (connection, _) = Connection("192.0.2.1");

        var served = middleware.OnConnectionAsync(connection, NeverServed);
        time.Advance(TlsMiddleware.HandshakeTime - TimeSpan.FromMilliseconds(1));
        served.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        await served;

        log.Written.ShouldHaveSingleItem().ShouldContain("the handshake took longer than 10 s");
    }

    [Fact]
    public async Task Who_knocks_again_and_again_is_logged_once_a_minute()
    {
        var middleware = Middleware();
        for (var i = 0; i < 100; i++)
            await Garbage("192.0.2.1");
        await Garbage("192.0.2.2");

        log.Written.Count.ShouldBe(2);
        log.Written[0].ShouldContain("192.0.2.1");
        log.Written[1].ShouldContain("192.0.2.2");

        time.Advance(TimeSpan.FromMinutes(1));
        await Garbage("192.0.2.1");
        log.Written[2].ShouldContain("99 more refused");

        async Task Garbage(string peer)
        {
            var (connection, far) = Connection(peer);
            await far.Output.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            await middleware.OnConnectionAsync(connection, NeverServed);
        }
    }

    [Fact]
    public async Task Who_leaves_without_a_word_was_not_refused()
    {
        var (connection, far) = Connection("192.0.2.1");
        await far.Output.CompleteAsync();

        await Middleware().OnConnectionAsync(connection, NeverServed);

        log.Written.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_learns_why_there_is_no_connection()
    {
        var middleware = Middleware(callsPeer: true);
        var (connection, far) = Connection("192.0.2.1");
        await far.Output.WriteAsync("no TLS here"u8.ToArray(), TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<System.Security.Authentication.AuthenticationException>(() => middleware.OnConnectionAsync(connection, NeverServed)))
            .Message.ShouldContain("No TLS connection to 192.0.2.1:11111");
    }

    public void Dispose() => authority.Dispose();

    private static Task NeverServed(ConnectionContext context) => throw new InvalidOperationException("Nobody was to get this far.");

    private TlsMiddleware Middleware(bool callsPeer = false) => new(
        new TlsIdentitySource(authority.OfSilo(), TestAuthority.Silo, time, NullLogger.Instance), callsPeer, TestAuthority.Silo, time, new RejectedPeers(time, log));

    private static (ConnectionContext Near, IDuplexPipe Far) Connection(string peer)
    {
        var (there, back) = (new Pipe(), new Pipe());
        var near = new DefaultConnectionContext("test", new Ends(back.Reader, there.Writer), new Ends(there.Reader, back.Writer))
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Parse(peer), 11111),
        };
        return (near, near.Application!);
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
