using Grid.Client.Commands;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Running;

/// <summary>Whether this machine can keep a budget of energy.</summary>
internal static class MachineEnergy
{
    /// <summary>Why it cannot, and what would change that; null when it can, or need not.</summary>
    /// <exception cref="UserException">A variable has no meaning.</exception>
    public static string? Problem(Invocation call, Sweep sweep)
    {
        if (sweep.Budget?.Energy is null)
            return null;
        try
        {
            return new MachineMeters(MeterSettings.From(call.Environment.GetValueOrDefault), TimeProvider.System).WhyUncounted is not { } why ? null
                : $"{sweep.Name} has a budget of energy, and nothing on this machine counts energy: {why}. Set {MeterSettings.CoreWattsVariable} to the watts of one busy "
                  + $"core, by which it is then estimated from processor time, or take {SweepBudget.EnergyName} out of the budget.";
        }
        catch (MeterException e)
        {
            throw new UserException(e.Message);
        }
    }

    /// <summary>Refuses a sweep whose budget would never run out, as nobody counts.</summary>
    /// <exception cref="UserException">It has such a budget, or a variable has no meaning.</exception>
    public static void MustCount(Invocation call, Sweep sweep)
    {
        if (Problem(call, sweep) is { } problem)
            throw new UserException(problem);
    }
}
