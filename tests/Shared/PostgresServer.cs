using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Grid.Tests;

/// <summary>
/// A PostgreSQL server of its own on a free port of loopback, without any sync to disk; gone afterwards. One for each test class, as its
/// fixture; databases in it are cheap. The machine's own server, if it runs one, is left alone.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    public const string Loopback = "127.0.0.1";

    private readonly TemporaryFolder folder = new();
    private int databases;
    private bool prepared;

    /// <summary>Of the server; listens while it runs.</summary>
    public int Port { get; private set; }

    private string Data => folder.File("data");

    /// <summary>Starts the server unless it runs. Skips the test where there is none.</summary>
    /// <param name="settings">Beyond the usual, such as <c>max_connections=8</c>; they hold until it is stopped.</param>
    public void Start(params string[] settings)
    {
        Prepare();
        if (IsRunning)
            return;
        for (var tries = 1; ; tries++)
        {
            if (tries > 1 || Port == 0)
                Port = FreePort();
            string[] all = [$"port={Port}", $"unix_socket_directories={folder.Path}", $"listen_addresses={Loopback}", "fsync=off", "full_page_writes=off", .. settings];
            var (code, output) = Run("pg_ctl", "-D", Data, "-l", folder.File("log"), "-w", "-o", string.Join(' ', all.Select(s => $"-c {s}")), "start");
            if (code == 0)
                return;
            // Another program may have taken the port meanwhile.
            if (tries == 3)
                throw new InvalidOperationException($"PostgreSQL does not start: {output}{File.ReadAllText(folder.File("log"))}");
        }
    }

    /// <summary>Ends every connection and stops; what was committed is there at the next start, on the same port.</summary>
    public void Stop()
    {
        if (IsRunning)
            Ensure(Run("pg_ctl", "-D", Data, "-w", "-m", "fast", "stop"));
    }

    /// <summary>As after a crash: no connection hears of it first.</summary>
    public void Crash() => Ensure(Run("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop"));

    /// <summary>A fresh, empty database, in which the user may do everything.</summary>
    /// <param name="options">What follows the name, such as a tablespace.</param>
    /// <param name="host">The address to reach it at, one of those it listens on.</param>
    /// <returns>How to connect to it.</returns>
    public string CreateDatabase(string options = "", string host = Loopback)
    {
        Start();
        var name = $"test{Interlocked.Increment(ref databases)}";
        Execute("postgres", $"create database {name} {options}");
        return ConnectionString(name, host: host);
    }

    /// <param name="user">One that <see cref="Execute"/> made must log in with its password; grid need not.</param>
    public string ConnectionString(string database, string user = "grid", string host = Loopback) => $"Host={host};Port={Port};Database={database};Username={user}";

    /// <summary>Executes SQL as the user grid, who may do everything. Answers what psql prints.</summary>
    public string Execute(string database, string sql) => Ensure(
        Run("psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "grid", "-d", database, "-c", sql)).Trim();

    /// <summary>Executes a script as that user, with a variable of the environment.</summary>
    public void ExecuteFile(string database, string file, (string Name, string Value) variable)
    {
        // Whoever psql runs as need not be able to read the checkout.
        var copy = folder.File("script.sql");
        File.Copy(file, copy, overwrite: true);
        Ensure(Run(
            "env", $"{variable.Name}={variable.Value}", Program("psql")!, "-X", "-q", "-h", Loopback, "-p", $"{Port}", "-U", "grid", "-d", database, "-f", copy));
    }

    /// <summary>Makes a folder the server's, as a tablespace must be.</summary>
    public static void Own(string path)
    {
        if (Environment.IsPrivilegedProcess)
            Process.Start("chown", ["nobody:nogroup", path]).WaitForExit();
    }

    public void Dispose()
    {
        if (IsRunning)
            Crash();
        folder.Dispose();
    }

    private bool IsRunning => prepared && File.Exists(Path.Combine(Data, "postmaster.pid"));

    private void Prepare()
    {
        if (prepared)
            return;
        if (Program("initdb") is null)
            Assert.Skip("Missing: PostgreSQL (the Debian package postgresql).");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        Ensure(Run("initdb", "-D", Data, "-U", "grid", "--auth=trust", "--no-sync", "--no-locale", "-E", "UTF8"));
        var access = Path.Combine(Data, "pg_hba.conf");
        // A test that lets it listen elsewhere has made a network for that, to which this machine alone belongs.
        File.WriteAllText(access, "host all grid 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\nhost all grid samenet trust\n");
        prepared = true;
    }

    private static string? Program(string name) =>
        Versions.Select(version => Path.Combine(version, "bin"))
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .Select(bin => Path.Combine(bin, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Where Debian puts them, the newest first.</summary>
    private static IEnumerable<string> Versions =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending() : Enumerable.Empty<string>();

    /// <summary>The server refuses to run as root: then everything runs as nobody.</summary>
    private (int Code, string Output) Run(string program, params string[] arguments)
    {
        string[] command = [Program(program)!, .. arguments];
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. command];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static string Ensure((int Code, string Output) run) =>
        run.Code == 0 ? run.Output : throw new InvalidOperationException($"PostgreSQL's program ended with exit code {run.Code}: {run.Output}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
