using System.ComponentModel;
using System.Diagnostics;
using Grid.Experiments.Running;
using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;

namespace Grid.Silo.Runners;

/// <summary>
/// Carries out stages in a child process of its own: started when first needed, kept between stages, replaced when it died. Native
/// code that crashes, hangs or eats the memory takes only that process with it.
/// </summary>
public sealed class RunnerProcess(RunnerOptions? options = null, TimeProvider? time = null) : IStageExecutor
{
    private readonly RunnerOptions options = options ?? new RunnerOptions();
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly SemaphoreSlim turn = new(1);
    private RunnerChild? child;

    /// <summary>Number of the process that is kept; null when there is none.</summary>
    public int? ProcessId => child?.Id;

    public async Task<StageReport> Execute(
        StageOrder order, TimeSpan timeLimit, StageObserver observer, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        var begun = time.GetTimestamp();
        using var limit = new CancellationTokenSource(timeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var starting = child is null or { HasExited: true } ? Tracing.Part(GridTelemetry.Spans.RunnerStart) : null;
            var runner = Runner();
            if (await Ask(runner, starting, order, limit, timeLimit, observer, either.Token) is not { } report)
                return Ended(RunnerEnd.Crashed, StageOutcome.Crashed, ExitReason.Of(await runner.WaitForEnd()), await Discard());
            if (runner.WorkingSet > options.LargestWorkingSet)
            {
                observer.RunnerEnded(RunnerEnd.TooLarge);
                await Discard();
            }
            return report;
        }
        catch (OperationCanceledException)
        {
            var output = await Discard();
            if (cancellation.IsCancellationRequested)
                observer.RunnerEnded(RunnerEnd.Abandoned);
            cancellation.ThrowIfCancellationRequested();
            return Ended(
                RunnerEnd.TimedOut, StageOutcome.TimedOut, $"The stage outlasted its time limit of {timeLimit.TotalSeconds:0.###} s and its runner was killed.", output);
        }
        catch (RunnerProtocolException e)
        {
            return Ended(RunnerEnd.Protocol, StageOutcome.Crashed, $"The runner answered what it should not and was killed: {e.Message}", await Discard());
        }
        catch (Exception e) when (e is Win32Exception or RunnerNotFoundException)
        {
            return Ended(RunnerEnd.Unstartable, StageOutcome.Crashed, $"The runner cannot be started: {e.Message}", "");
        }
        finally
        {
            turn.Release();
        }

        StageReport Ended(RunnerEnd end, StageOutcome outcome, string reason, string output)
        {
            observer.RunnerEnded(end);
            return new(
                outcome, StageResult.Empty, time.GetElapsedTime(begun).TotalSeconds,
                output.Length == 0 ? reason : $"{reason} Its last output:\n{output}");
        }
    }

    /// <summary>Ends the process, which may say its last words.</summary>
    public async ValueTask DisposeAsync()
    {
        if (child is not { } runner)
            return;
        child = null;
        runner.Dismiss();
        await runner.WaitForEnd();
        runner.Dispose();
    }

    private RunnerChild Runner()
    {
        // One that died between stages did no harm to this one.
        if (child is { HasExited: true })
        {
            child.Dispose();
            child = null;
        }
        return child ??= new RunnerChild(options);
    }

    /// <summary>Sends the order and follows it to its report; null when the runner ended before.</summary>
    /// <param name="starting">Disposed of once the runner answers.</param>
    private static async Task<StageReport?> Ask(
        RunnerChild runner, Activity? starting, StageOrder order, CancellationTokenSource limit, TimeSpan timeLimit, StageObserver observer,
        CancellationToken cancellation)
    {
        try
        {
            await runner.Send(order, cancellation);
            while (await runner.Receive(cancellation) is { } message)
            {
                starting?.Dispose();
                switch (message)
                {
                    case WaitingMessage waiting when waiting.Key == order.Key:
                        limit.CancelAfter(Timeout.InfiniteTimeSpan);
                        observer.Progress(0, "waiting for the machine");
                        break;
                    case StartedMessage started when started.Key == order.Key:
                        limit.CancelAfter(timeLimit);
                        break;
                    case ProgressMessage step when step.Key == order.Key:
                        observer.Progress(step.Fraction, step.Text);
                        break;
                    case CheckpointMessage saved when saved.Key == order.Key && saved.Path == order.CheckpointTarget(saved.Epochs):
                        observer.Checkpoint(saved.Path, saved.Epochs);
                        break;
                    case ReportMessage end when end.Key == order.Key:
                        return end.Report;
                    default:
                        throw new RunnerProtocolException($"{message} while it was to carry out {order.Key}.");
                }
            }
        }
        catch (IOException)
        {
            // A pipe to a process that ended.
        }
        return null;
    }

    /// <summary>Ends the process and answers the last it printed.</summary>
    private async Task<string> Discard()
    {
        if (child is null)
            return "";
        var runner = child;
        child = null;
        await runner.Kill();
        var output = runner.LastOutput;
        runner.Dispose();
        return output;
    }
}
