namespace Grid.Client;

/// <summary>What the process answers; the same for every command.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The sweep ended, but some of its trials failed or were never run, or its report or models could not be written.</summary>
    public const int Incomplete = 1;

    /// <summary>The command line, the sweep file, the data or the home folder is not as it must be.</summary>
    public const int BadInput = 2;

    /// <summary>There is no result to use: every trial failed, or no point keeps the limits.</summary>
    public const int NothingUsable = 3;

    /// <summary>Stopped by Ctrl-C or a termination signal; <c>grid resume</c> goes on.</summary>
    public const int Interrupted = 130;
}
