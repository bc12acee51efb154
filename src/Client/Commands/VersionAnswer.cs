using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Grid.Client.Json;

namespace Grid.Client.Commands;

/// <summary>grid --version</summary>
internal static class VersionAnswer
{
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<VersionOption>())
            option.Action = new Answering();
    }

    private sealed class Answering : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override int Invoke(ParseResult parseResult)
        {
            var version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            parseResult.InvocationConfiguration.Output.WriteLine(parseResult.GetValue(CommonOptions.Json) ? JsonDocuments.Write(new VersionDocument(version)) : version);
            return ExitCodes.Done;
        }
    }
}
