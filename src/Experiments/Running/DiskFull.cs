namespace Grid.Experiments.Running;

/// <summary>Tells errors for want of disk space from all others, which would come again.</summary>
internal static class DiskFull
{
    /// <summary>Of <see cref="Exception.HResult"/>: ENOSPC and EDQUOT of Linux and macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.</summary>
    private static readonly HashSet<int> codes = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>How native libraries, which pass on no number, report ENOSPC and EDQUOT.</summary>
    private static readonly string[] words = ["No space left on device", "Disk quota exceeded"];

    /// <summary>Whether the error, or one it stems from, is a full disk or a used-up quota.</summary>
    public static bool IsCauseOf(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
            if ((cause is IOException && codes.Contains(cause.HResult)) || words.Any(w => cause.Message.Contains(w, StringComparison.OrdinalIgnoreCase)))
                return true;
        return false;
    }
}
