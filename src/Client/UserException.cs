namespace Grid.Client;

/// <summary>The command cannot be carried out; the messages are for the user and say what to change.</summary>
internal sealed class UserException(IReadOnlyList<string> messages, int exitCode = ExitCodes.BadInput) : Exception(string.Join(Environment.NewLine, messages))
{
    public UserException(string message, int exitCode = ExitCodes.BadInput)
        : this([message], exitCode)
    {
    }

    public IReadOnlyList<string> Messages { get; } = messages;
    public int ExitCode { get; } = exitCode;
}
