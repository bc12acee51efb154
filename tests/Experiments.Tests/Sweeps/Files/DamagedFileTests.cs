using CsCheck;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Space;
using static Grid.Experiments.Tests.Sweeps.Files.SweepText;

namespace Grid.Experiments.Tests.Sweeps.Files;

public sealed class DamagedFileTests
{
    private static readonly Gen<(int Place, int Removed, string Added)> Damage = Gen.Select(
        Gen.Int[0, Whole.Length], Gen.Int[0, 3], Gen.Char["[]{}:,#&*!|>'\"%@`?-. \n\t09e\0\u00e9\ud800"].Array[0, 3].Select(c => new string(c)));

    /// <summary>Whatever someone types into a file, it is a sweep or it has errors on its lines.</summary>
    [Fact]
    public void A_damaged_file_is_a_sweep_or_has_errors_and_is_never_more_than_that() => Damage.Array[1, 6].Sample(
        damages =>
        {
            var text = damages.Aggregate(Whole, (t, d) => t[..Math.Min(d.Place, t.Length)] + d.Added + t[Math.Min(d.Place + d.Removed, t.Length)..]);

            var reading = SweepFile.Parse(text, "sweep.yaml");

            (reading.Sweep is null).ShouldBe(reading.Errors.Count > 0);
            reading.Errors.ShouldAllBe(e => e.Line >= 1 && e.Line <= text.Split('\n').Length + 1 && e.Message.Length > 0);
            if (reading.Sweep is not { } sweep)
                return;
            SweepJson.Write(SweepJson.Read(SweepJson.Write(sweep))).ShouldBe(SweepJson.Write(sweep));
            new SearchSpace(sweep).Combinations!.Value.ShouldBeInRange(1, SearchSpace.MostCombinations);
        },
        iter: 2_000);
}
