using Grid.Experiments.Stages;

namespace Grid.Client.Failures;

/// <summary>Why a stage has no result, as far as it decides what to do about it.</summary>
internal enum FailureCause
{
    /// <summary>The stage refused, or met an error that would come again.</summary>
    Error,

    /// <summary>Its runner died again and again.</summary>
    Crash,

    /// <summary>The same, and it looks like a want of memory.</summary>
    Memory,
    TimeLimit,
    DamagedModel,
    FullDisk,
}

internal static class FailureCauses
{
    /// <summary>How the kernel, libtorch, CUDA, C++ and .NET say that there is no memory left. The kernel says nothing but kill.</summary>
    private static readonly string[] memory = ["SIGKILL", "can't allocate memory", "Cannot allocate memory", "out of memory", "bad_alloc", "OutOfMemoryException"];

    /// <summary>How the system and Grid say that a disk is full or a quota used up.</summary>
    private static readonly string[] disk = ["No space left on device", "Disk quota exceeded", "disk is full"];

    /// <param name="outcome">Of the last attempt; null where nobody was told, such as of the second that finds the disk full, which the first made stop the sweep.</param>
    /// <param name="crashes">Attempts that ended their runner.</param>
    public static FailureCause Of(StageOutcome? outcome, int crashes, string error) => outcome switch
    {
        StageOutcome.TimedOut => FailureCause.TimeLimit,
        StageOutcome.DamagedInput => FailureCause.DamagedModel,
        StageOutcome.NoSpace => FailureCause.FullDisk,
        null when Says(error, disk) => FailureCause.FullDisk,
        _ when Says(error, memory) => FailureCause.Memory,
        StageOutcome.Crashed => FailureCause.Crash,
        null when crashes > 0 => FailureCause.Crash,
        _ => FailureCause.Error,
    };

    private static bool Says(string error, string[] words) => words.Any(word => error.Contains(word, StringComparison.OrdinalIgnoreCase));
}
