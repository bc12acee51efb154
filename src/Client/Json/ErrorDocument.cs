namespace Grid.Client.Json;

/// <summary>Takes the place of every other document when a command cannot be carried out.</summary>
internal sealed record ErrorDocument(ErrorBody Error);

/// <param name="ExitCode">Of the process.</param>
/// <param name="Messages">Everything that is wrong, not only the first.</param>
internal sealed record ErrorBody(int ExitCode, IReadOnlyList<string> Messages);
