using System.CommandLine;
using System.CommandLine.Invocation;
using Grid.Client.Commands;
using Grid.Client.Json;
using Grid.Experiments.Datasets;
using Grid.Experiments.Store;
using Grid.Silo.Runners;
using Grid.Silo.Security;

namespace Grid.Client;

/// <summary>The console program <c>grid</c>: reads a command line, carries it out, writes the answer or the error, gives the exit code.</summary>
internal static class GridConsole
{
    public static async Task<int> Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken interrupted = default)
    {
        var parsed = Root().Parse(arguments.Count > 0 ? arguments : ["--help"]);
        // Also a command line with mistakes says how it wants to hear of them.
        var json = parsed.GetResult(CommonOptions.Json) is { Implicit: false };
        try
        {
            if (parsed.Action is ParseErrorAction)
                throw new UserException(Complaints.Of(Root(), arguments));
            if (parsed.CommandResult.Command is not GridCommand command || parsed.Action != command.Action)
                return await parsed.InvokeAsync(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false }, interrupted);
            var invocation = new Invocation(parsed, terminal, interrupted);
            var answer = await command.Act(invocation);
            if (json)
                await terminal.Output.WriteLineAsync(JsonDocuments.Write(answer.Document));
            else
                await Tell(answer, invocation, terminal);
            return answer.ExitCode;
        }
        catch (Exception e)
        {
            return await Fail(Explain(e, interrupted), json, terminal);
        }
    }

    internal static RootCommand Root()
    {
        var root = new RootCommand("Grid searches quantization, pruning and fine-tuning settings for a network, and measures every model it makes.")
        {
            CommonOptions.Home, CommonOptions.Cluster, CommonOptions.Json, CommonOptions.Slots,
        };
        foreach (var command in CommandList.Create())
            root.Subcommands.Add(command);
        HelpExamples.AddTo(root);
        VersionAnswer.AddTo(root);
        return root;
    }

    private static async Task Tell(Answer answer, Invocation invocation, Terminal terminal)
    {
        answer.Draw(invocation.Output);
        foreach (var problem in answer.Problems)
            await terminal.Error.WriteLineAsync(problem);
    }

    private static UserException Explain(Exception error, CancellationToken interrupted) => error switch
    {
        UserException known => known,
        OperationCanceledException when interrupted.IsCancellationRequested => new UserException("Stopped.", ExitCodes.Interrupted),
        StoreException or DatasetException or RunnerNotFoundException or TlsFilesException => new UserException(error.Message),
        UnauthorizedAccessException or IOException => new UserException($"{error.Message} Check that the file or folder is there and that you may read and write it."),
        _ => new UserException($"Grid met an error it does not know; please report it with these lines. {error}", ExitCodes.NothingUsable),
    };

    private static async Task<int> Fail(UserException error, bool json, Terminal terminal)
    {
        if (json)
            await terminal.Output.WriteLineAsync(JsonDocuments.Write(new ErrorDocument(new ErrorBody(error.ExitCode, error.Messages))));
        else
            foreach (var message in error.Messages)
                await terminal.Error.WriteLineAsync(message);
        return error.ExitCode;
    }
}
