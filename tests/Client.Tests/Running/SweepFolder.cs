using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Planning;
using Grid.Tests;

namespace Grid.Client.Tests.Running;

/// <summary>A fresh folder with a sweep file of six trials, and a home folder in it to be made.</summary>
internal sealed class SweepFolder : IDisposable
{
    private const string Sweep = """
        name: small
        model: { zoo: lenet-300-100 }
        pipeline: [prune, finetune]
        space:
          prune.ratio: [0, 0.5, 0.9]
          finetune.epochs: [0, 1]
        objectives: { accuracy: max, size: min }
        """;

    private readonly TemporaryFolder folder = new();

    public SweepFolder() => System.IO.File.WriteAllText(File, Sweep);

    public string File => folder.File("sweep.yaml");

    public string Home => folder.File("home");

    /// <summary>What a store of the home folder holds.</summary>
    public IExperimentStore Read() => SqliteExperimentStore.OpenReadOnly(HomeFolder.At(Home).DatabaseFile);

    /// <summary>Waits until the process carries out a stage of that kind, so that those before it are done.</summary>
    public Task UntilRunning(GridProcess grid, StageKind kind) => Until(grid, s => s.Spec.Kind == kind && s.Status == StageStatus.Leased);

    /// <summary>Waits until the process has a stage so, and answers it.</summary>
    public async Task<StageRow> Until(GridProcess grid, Func<StageRow, bool> wanted)
    {
        await grid.Saw(" runs with ");
        var sweep = SweepFile.Read(File).Sweep!;
        var keys = SweepPlan.Of(sweep).StageKeys;
        await using var store = Read();
        while (true)
        {
            if ((await store.FindStages(keys)).FirstOrDefault(wanted) is { } row)
                return row;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => folder.Dispose();
}
