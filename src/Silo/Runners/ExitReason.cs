namespace Grid.Silo.Runners;

/// <summary>An exit code in words.</summary>
internal static class ExitReason
{
    private static readonly Dictionary<int, string> Signals = new()
    {
        [4] = "SIGILL: the processor does not know an instruction of its libraries",
        [6] = "SIGABRT: it gave up by itself, see its last output",
        [7] = "SIGBUS: a file it had mapped was cut short, or the disk is full",
        [8] = "SIGFPE",
        [9] = "SIGKILL: the kernel may have run out of memory, or somebody ended it",
        [11] = "SIGSEGV: a fault in native code",
        [15] = "SIGTERM: somebody ended it",
    };

    /// <param name="code">As .NET gives it: 128 and the number for a process that a signal ended.</param>
    public static string Of(int code) => code > 128 && Signals.TryGetValue(code - 128, out var signal)
        ? $"The runner was killed by {signal}."
        : $"The runner exited in mid-stage with code {code}.";
}
