using System.CommandLine;
using Grid.Experiments.Store;

namespace Grid.Client.Commands;

/// <summary>What part of each pool a sweep gets: --priority N, --most-slots N or none.</summary>
internal sealed class ShareOptions
{
    private const string None = "none";

    private readonly Option<int?> priority = new("--priority")
    {
        Description = $"Its stages go before those of sweeps with a lower one: a whole number from {PoolShare.LeastPriority} to {PoolShare.MostPriority}, 0 unless set. "
            + "Equals take turns; what runs is not stopped.",
        HelpName = "N",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var text }]
                    && (!int.TryParse(text, out var number) || number is < PoolShare.LeastPriority or > PoolShare.MostPriority))
                    result.AddError($"--priority is '{text}'; it must be a whole number from {PoolShare.LeastPriority} to {PoolShare.MostPriority}.");
            },
        },
    };

    private readonly Option<string?> mostSlots = new("--most-slots")
    {
        Description = "Stages of it that may be leased at once in each pool, such as train/cpu: a whole number from 1, or none for no limit, as it is unless set.",
        HelpName = "N|none",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var text }] && text != None && Number(text) is null)
                    result.AddError($"--most-slots is '{text}'; it must be a whole number from 1, or {None}.");
            },
        },
    };

    public void AddTo(Command command)
    {
        command.Options.Add(priority);
        command.Options.Add(mostSlots);
    }

    /// <summary>Whether any was given.</summary>
    public bool AnyIn(Invocation call) => call.Value(priority) is not null || call.Value(mostSlots) is not null;

    /// <summary>A share with what was given in place of what it was.</summary>
    public PoolShare Of(Invocation call, PoolShare before) => new(
        call.Value(priority) ?? before.Priority,
        call.Value(mostSlots) is { } most ? Number(most) : before.MostSlots);

    /// <summary>Sets what was given for an experiment that is there. Answers its share then.</summary>
    public async Task<PoolShare> Set(Invocation call, IExperimentStore store, ExperimentRow row)
    {
        var share = Of(call, row.Share);
        if (call.Value(priority) is not null)
            await store.SetPriority(row.Id, share.Priority);
        if (call.Value(mostSlots) is not null)
            await store.SetMostSlots(row.Id, share.MostSlots);
        return share;
    }

    private static int? Number(string text) => int.TryParse(text, out var number) && number >= 1 ? number : null;
}
