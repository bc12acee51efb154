using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Planning;
using Grid.Tests;

namespace Grid.Experiments.Tests.Sweeps.Files;

public sealed class ExampleTests
{
    // Fashion-MNIST: 1 source, 1 training, 4 prunings; 5 fine-tunings, and as many models again without; 12 quantizations of each of those 10; 130 measurements.
    [Theory]
    [InlineData("quickstart.yaml", 18, 37)]
    [InlineData("fashion-mnist.yaml", 130, 261)]
    [InlineData("mnist-lenet.yaml", 98, 197)]
    public void An_example_is_read_and_planned(string file, int trials, int stages)
    {
        var reading = SweepFile.Read(RepositoryRoot.File("examples", file));

        reading.Errors.Select(e => e.ToString()).ShouldBeEmpty();
        var plan = SweepPlan.Of(reading.Sweep!);
        (plan.Trials, plan.StageKeys.Count).ShouldBe((trials, stages));
    }

    [Fact]
    public void Every_example_is_among_them() =>
        Directory.GetFiles(RepositoryRoot.File("examples"), "*.yaml").Length.ShouldBe(3);
}
