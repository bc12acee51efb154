using Grid.Client.Drawing;
using Grid.Client.Planning;
using Grid.Client.Reading;
using Grid.Client.Running;
using Grid.Experiments.Sweeps;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid plan</summary>
internal static class PlanCommand
{
    public static GridCommand Create()
    {
        var file = Arguments.SweepFile();
        return new GridCommand(
            "plan", "Count what a sweep file asks for before it runs: trials, stages, what is computed already.", call => Act(call, call.Value(file)),
            "plan examples/quickstart.yaml", "plan examples/fashion-mnist.yaml --slots 8 --json")
        {
            file,
        };
    }

    private static async Task<Answer> Act(Invocation call, string file)
    {
        var sweep = SweepInput.Read(file).Sweep!;
        await using var home = Place.ToReadIfThere(call);
        var planned = await PlannedSweep.Of(sweep, home?.Store, call.Slots);
        var problem = call.Cluster is null ? MachineEnergy.Problem(call, sweep) : null;
        return new Answer(planned.Document(call.Slots, problem), console => Draw(console, planned, call.Slots, problem));
    }

    private static void Draw(IAnsiConsole console, PlannedSweep planned, int slots, string? problem)
    {
        var plan = planned.Plan;
        Prose.Write(console, ExperimentId.Of(planned.Sweep), new Style(decoration: Decoration.Bold));
        Prose.Write(console, $"{Counted.Of(plan.Trials, "trial")}: {Counted.Of(plan.Combinations, "combination")}"
            + (plan.Collapsed > 0 ? $", of which {Counted.Doing(plan.Collapsed, "equal")} another and collapse{(plan.Collapsed == 1 ? "s" : "")}" : "")
            + (plan.Trials > plan.Combinations - plan.Collapsed ? $", and {planned.Sweep.Seeds.Count:N0} uncompressed to compare with." : ", the uncompressed model among them."));
        var table = new Table().Border(TableBorder.Simple).AddColumns("stage", "to compute", "done before", "in all");
        foreach (var (kind, count) in plan.DistinctStages)
            Row(kind.ToString().ToLowerInvariant(), planned.Known.GetValueOrDefault(kind), count);
        Row("together", planned.Computed, planned.Total);
        console.Write(table);
        Prose.Write(console, $"Without sharing it would be {Counted.Of(plan.StagesWithoutSharing, "stage")}, {Units.Text(planned.Reuse, "1")} times as many"
            + (planned.TimesAsLong is { } times ? $", and about {Units.Text(times, "1")} times as long." : "."));
        Prose.Write(console, planned switch
        {
            { Remaining: 0 } => "Everything is computed already.",
            { SecondsLeft: { } seconds } => $"About {Units.Duration(TimeSpan.FromSeconds(seconds))} with {Counted.Of(slots, "slot")}, going by stages done before.",
            _ => "How long it takes is not known yet: no stage of this kind was done in this home folder.",
        });
        if (planned.Sweep.Budget is { } budget)
            Prose.Write(console, BudgetText.Of(budget) + (planned.Plan.BeyondBudget is > 0 and var beyond ? $" That leaves out {Counted.Of(beyond, "trial")}." : ""));
        if (problem is not null)
            Prose.Write(console, problem, new Style(Color.Red));

        void Row(string name, int known, int count) => table.AddRow(new Text(name), new Text($"{count - known:N0}"), new Text($"{known:N0}"), new Text($"{count:N0}"));
    }
}
