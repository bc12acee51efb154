using Grid.Experiments.Stages;

namespace Grid.Experiments.Training;

/// <summary>How to train, from the settings of a train or fine-tune stage.</summary>
/// <param name="Optimizer">adam or sgd.</param>
/// <param name="Schedule">
/// constant; cosine: from the learning rate to 0 along half a cosine (Loshchilov and Hutter 2017, arXiv 1608.03983, without restarts);
/// step: a tenth after half of the epochs, a hundredth after three quarters.
/// </param>
public sealed record TrainingSettings(
    int Epochs, int Batch, string Optimizer, double LearningRate, double Momentum, double WeightDecay, string Schedule)
{
    /// <exception cref="StageSettingsException">A setting is missing or makes no sense.</exception>
    public static TrainingSettings From(StageSettings settings)
    {
        var result = new TrainingSettings(
            settings.Integer("epochs"), settings.Integer("batch"), settings.Text("optimizer"), settings.Number("learning-rate"),
            settings.OptionalNumber("momentum") ?? 0, settings.OptionalNumber("weight-decay") ?? 0, settings.Text("schedule", "constant"));
        if (result.Epochs < 0 || result.Batch < 1)
            throw new StageSettingsException($"There are no {result.Epochs} epochs in batches of {result.Batch}.");
        if (result is not { LearningRate: > 0 and < double.PositiveInfinity, Momentum: >= 0 and < 1, WeightDecay: >= 0 and < double.PositiveInfinity })
            throw new StageSettingsException(
                $"The learning rate {result.LearningRate} must be above 0, the momentum {result.Momentum} at least 0 and below 1, "
                + $"the weight decay {result.WeightDecay} at least 0.");
        return result;
    }

    /// <summary>The learning rate of a step, counted from 0.</summary>
    public double RateAt(long step, long steps) => Schedule switch
    {
        "constant" => LearningRate,
        "cosine" => LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / steps)),
        "step" => LearningRate * (step * 4 >= steps * 3 ? 0.01 : step * 2 >= steps ? 0.1 : 1),
        _ => throw new StageSettingsException($"There is no schedule '{Schedule}'; there are constant, cosine and step."),
    };
}
