using System.CommandLine;
using Grid.Client.Json;
using Grid.Client.Kubernetes;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid scale</summary>
internal static class ScaleCommand
{
    public static GridCommand Create()
    {
        var sizes = new Argument<string[]>("POOL=N")
        {
            Description = "How many silos a pool shall have; without any, the pools are listed.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var space = new Option<string>("--namespace", "-n")
        {
            Description = "The namespace that Grid is deployed in.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "grid",
        };
        var context = new Option<string?>("--context")
        {
            Description = "A context of the Kubernetes configuration, in place of its current one.",
            HelpName = "NAME",
        };
        return new GridCommand(
            "scale", "Show or set how many silos the pools of a cluster on Kubernetes have.",
            call => Act(call, call.Value(sizes), call.Value(space), call.Value(context)),
            "scale", "scale train=8", "scale train=0 measure=1 --namespace grid --json")
        {
            sizes, space, context,
        };
    }

    private static async Task<Answer> Act(Invocation call, string[] words, string space, string? context)
    {
        var sizes = PoolSizes.Parse(words);
        using var api = await KubernetesApi.Open(call.Environment, context);
        var scaling = new PoolScaling(api, space);
        var pools = await scaling.List(call.Interrupted);
        // All that can be refused is refused before the first pool changes.
        var changes = PoolSizes.Match(sizes, pools);

        var shown = pools.Select(p => PoolSizeDocument.Of(p, before: null)).ToList();
        foreach (var (pool, size) in changes)
        {
            var scaled = await scaling.Scale(pool, size, call.Interrupted);
            shown[shown.FindIndex(p => p.Deployment == pool.Deployment)] = PoolSizeDocument.Of(scaled, pool.Replicas);
        }
        return new Answer(new ScaleDocument(space, shown), console => Draw(console, shown));
    }

    private static void Draw(IAnsiConsole console, List<PoolSizeDocument> pools)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("pool", "deployment", "silos", "ready", "scaled by");
        foreach (var pool in pools)
        {
            table.AddRow(
                new Text(pool.Pool),
                new Text(pool.Deployment),
                new Text(pool.Before is { } before && before != pool.Replicas ? $"{before} → {pool.Replicas}" : $"{pool.Replicas}"),
                new Text($"{pool.Ready}"),
                new Text(pool.ScaledBy ?? "hand"));
        }
        console.Write(table);
    }
}
