namespace Grid.Experiments.Stages;

/// <summary>
/// The code behind a <see cref="StageKind"/>. It runs in a runner process on one thread, owns that process while it runs and
/// must give bitwise the same model for the same context.
/// </summary>
public interface IStage
{
    StageKind Kind { get; }

    /// <exception cref="StageException">The stage cannot be carried out with this model, data or settings; the message is for the user.</exception>
    StageResult Run(StageContext context);
}

/// <summary>A stage failed for a reason that trying again would not change; the message says what to change.</summary>
public sealed class StageException(string message, Exception? inner = null) : Exception(message, inner);
