using System.Diagnostics;
using Grid.Experiments.Measurement.Machine;
using Grid.Experiments.Stages;
using Grid.Tests;

namespace Grid.Experiments.Tests.Measurement.Machine;

public sealed class MachineGateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<Visitor> visitors = [];

    public void Dispose()
    {
        visitors.ForEach(v => v.Dispose());
        folder.Dispose();
    }

    [Fact]
    public void Processes_that_compute_are_in_together()
    {
        var first = Visit("together").Says("in");
        var second = Visit("together").Says("in");

        (first.Leave() > second.Time).ShouldBeTrue();
    }

    [Fact]
    public void Who_measures_waits_for_those_who_compute()
    {
        var computes = Visit("together").Says("in");
        var measures = Visit("alone").Says("waiting");

        var left = computes.Leave();

        measures.Says("in").Time.ShouldBeGreaterThan(left);
    }

    [Theory]
    [InlineData("together")]
    [InlineData("alone")]
    public void Who_measures_is_alone(string other)
    {
        var measures = Visit("alone").Says("in");
        var waits = Visit(other).Says("waiting");

        var left = measures.Leave();

        waits.Says("in").Time.ShouldBeGreaterThan(left);
    }

    [Fact]
    public void Who_waits_to_measure_is_not_passed_by_those_who_come_later()
    {
        var computes = Visit("together").Says("in");
        var measures = Visit("alone").Says("waiting");
        var late = Visit("together").Says("waiting");

        computes.Leave();
        var left = measures.Says("in").Leave();

        late.Says("in").Time.ShouldBeGreaterThan(left);
    }

    [Theory]
    [InlineData("alone", "together")]
    [InlineData("together", "alone")]
    public void A_process_that_is_killed_is_out(string killed, string waiting)
    {
        var gone = Visit(killed).Says("in");
        var waits = Visit(waiting).Says("waiting");

        gone.Kill();

        waits.Says("in");
    }

    [Fact]
    public void A_process_that_is_killed_while_it_waits_is_in_nobodys_way()
    {
        var computes = Visit("together").Says("in");
        var measures = Visit("alone").Says("waiting");
        var late = Visit("together").Says("waiting");

        measures.Kill();

        // Waited for before the other leaves: in while it still computes.
        var entered = late.Says("in").Time;
        computes.Leave().ShouldBeGreaterThan(entered);
    }

    [Fact]
    public void In_a_crowd_who_measures_is_always_alone()
    {
        var (inside, measuring, wrong) = (0, 0, 0);
        var gate = new MachineGate(folder.Path);
        var crowd = Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            for (var i = 0; i < 50; i++)
            {
                var alone = (i + number) % 4 == 0;
                using (gate.Enter(alone, () => { }))
                {
                    var others = Interlocked.Increment(ref inside);
                    var measures = alone ? Interlocked.Increment(ref measuring) : Volatile.Read(ref measuring);
                    if (measures > 0 && (others > 1 || !alone))
                        Interlocked.Increment(ref wrong);
                    Thread.Yield();
                    if (alone)
                        Interlocked.Decrement(ref measuring);
                    Interlocked.Decrement(ref inside);
                }
            }
        })).ToList();

        crowd.ForEach(t => t.Start());
        crowd.ForEach(t => t.Join());

        wrong.ShouldBe(0);
    }

    [Fact]
    public void Nobody_is_told_to_wait_at_an_empty_machine()
    {
        var gate = new MachineGate(folder.File("new"));

        gate.Enter(alone: true, () => Assert.Fail("there is nobody to wait for")).Dispose();
        gate.Enter(alone: true, () => Assert.Fail("there is nobody to wait for")).Dispose();
    }

    [Fact]
    public void Other_users_may_pass_the_same_gate()
    {
        if (OperatingSystem.IsWindows())
            return;

        new MachineGate(folder.Path).Enter(alone: false, () => { }).Dispose();

        Directory.GetFiles(folder.Path).Length.ShouldBe(2);
        foreach (var file in Directory.GetFiles(folder.Path))
            File.GetUnixFileMode(file).ShouldBe((UnixFileMode)0b110_110_110);
    }

    [Fact]
    public void A_folder_that_is_none_is_an_error_that_says_how_to_choose_another()
    {
        File.WriteAllText(folder.File("file"), "");

        Should.Throw<StageException>(() => new MachineGate(folder.File("file")).Enter(alone: true, () => { })).Message.ShouldContain("GRID_GATE");
    }

    private Visitor Visit(string how)
    {
        visitors.Add(new Visitor(StandInProcess.Start("enter-gate", folder.Path, how)));
        return visitors[^1];
    }

    private sealed class Visitor(Process process) : IDisposable
    {
        /// <summary>Of the last it said.</summary>
        public long Time { get; private set; }

        public Visitor Says(string what)
        {
            var said = process.StandardOutput.ReadLine().ShouldNotBeNull().Split(' ');
            said[0].ShouldBe(what);
            Time = long.Parse(said[1]);
            return this;
        }

        public long Leave()
        {
            process.StandardInput.Close();
            return Says("out").Time;
        }

        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            Kill();
            process.Dispose();
        }
    }
}
