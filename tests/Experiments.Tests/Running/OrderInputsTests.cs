using System.Security.Cryptography;
using Grid.Experiments.Running;
using Grid.Experiments.Stages;
using Grid.Tests;

namespace Grid.Experiments.Tests.Running;

public sealed class OrderInputsTests : IDisposable
{
    private static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData("model"u8));

    private readonly TemporaryFolder folder = new();

    public OrderInputsTests() => File.WriteAllText(folder.File("model"), "model");

    [Fact]
    public void Files_that_are_what_they_should_be_pass()
    {
        OrderInputs.Check(Order(StageKind.Measure) with { ReferencePath = folder.File("model"), ReferenceSha256 = Sha256 });
        OrderInputs.Check(Order(StageKind.Train) with { InputPath = null, InputSha256 = null });
    }

    [Fact]
    public void A_changed_model_of_a_stage_names_its_hash_so_that_it_is_made_again()
    {
        File.AppendAllText(folder.File("model"), "!");

        Should.Throw<DamagedInputException>(() => OrderInputs.Check(Order(StageKind.Prune))).Sha256.ShouldBe(Sha256);
    }

    [Fact]
    public void A_missing_model_of_a_stage_names_its_hash()
    {
        File.Delete(folder.File("model"));

        Should.Throw<DamagedInputException>(() => OrderInputs.Check(Order(StageKind.Prune))).Sha256.ShouldBe(Sha256);
    }

    [Fact]
    public void A_changed_file_of_the_user_is_for_the_user_to_mend()
    {
        File.AppendAllText(folder.File("model"), "!");

        Should.Throw<StageException>(() => OrderInputs.Check(Order(StageKind.Source))).Message.ShouldContain("Submit the sweep again");
    }

    public void Dispose() => folder.Dispose();

    private StageOrder Order(StageKind kind) => new()
    {
        Key = "key",
        Kind = kind,
        Settings = StageSettings.Empty,
        OutputPath = "out",
        InputPath = folder.File("model"),
        InputSha256 = Sha256,
    };
}
