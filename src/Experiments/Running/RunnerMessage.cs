using System.Text.Json.Serialization;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Running;

/// <summary>
/// What a silo and its runner tell each other. The silo sends one order at a time; the runner answers with any number of
/// waiting, started, progress and checkpoint messages and then one report.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "message")]
[JsonDerivedType(typeof(OrderMessage), "order")]
[JsonDerivedType(typeof(WaitingMessage), "waiting")]
[JsonDerivedType(typeof(StartedMessage), "started")]
[JsonDerivedType(typeof(ProgressMessage), "progress")]
[JsonDerivedType(typeof(CheckpointMessage), "checkpoint")]
[JsonDerivedType(typeof(ReportMessage), "report")]
public abstract record RunnerMessage;

/// <summary>Silo to runner: carry this out.</summary>
public sealed record OrderMessage(StageOrder Order) : RunnerMessage;

/// <summary>The runner waits for others on this machine; the stage's time limit stands still.</summary>
public sealed record WaitingMessage(string Key) : RunnerMessage;

/// <summary>The stage begins, and with it its time limit.</summary>
public sealed record StartedMessage(string Key) : RunnerMessage;

/// <param name="Fraction">Share done, 0 to 1.</param>
public sealed record ProgressMessage(string Key, double Fraction, string Text) : RunnerMessage;

/// <summary>The stage saved how far it is; the file is the silo's now.</summary>
/// <param name="Path">That of <see cref="StageOrder.CheckpointTarget"/>.</param>
public sealed record CheckpointMessage(string Key, string Path, int Epochs) : RunnerMessage;

/// <summary>The end of an order.</summary>
public sealed record ReportMessage(string Key, StageReport Report) : RunnerMessage;

/// <summary>The other side sent what is no message.</summary>
public sealed class RunnerProtocolException(string message, Exception? inner = null) : Exception(message, inner);
