namespace Grid.Experiments.Sweeps.Files;

/// <summary>Something in a sweep file that keeps it from being carried out.</summary>
/// <param name="File">The file's name as it was given.</param>
/// <param name="Line">Counted from 1; 0 when it is about the file as a whole.</param>
/// <param name="Column">Counted from 1; null for the whole line.</param>
/// <param name="Key">Which key, with its section, e.g. "train.epochs"; null when there is none.</param>
/// <param name="Found">The value that stands there; null when something is missing or the key itself is wrong.</param>
/// <param name="Message">What is wrong and what would be accepted.</param>
public sealed record SweepError(string File, int Line, int? Column, string? Key, string? Found, string Message)
{
    /// <summary>One line for people, which begins as compilers' messages do, so that editors find the place.</summary>
    public override string ToString()
    {
        var place = Line == 0 ? File : Column is { } column ? $"{File}:{Line}:{column}" : $"{File}:{Line}";
        var subject = (Key, Found) switch
        {
            (null, null) => "",
            (null, var found) => $"found {found}: ",
            (var key, null) => $"{key}: ",
            var (key, found) => $"{key} is {found}: ",
        };
        return $"{place}: {subject}{Message}";
    }
}
