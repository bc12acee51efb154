using Grid.Experiments.Measurement.Energy.Meters;

namespace Grid.Client.Doctor;

/// <summary>What counts energy on this machine, and what would.</summary>
internal static class MeterChecks
{
    /// <param name="variable">Answers a variable of the environment; null where it is not set.</param>
    public static IReadOnlyList<Check> Of(Func<string, string?> variable)
    {
        try
        {
            var meters = new MachineMeters(MeterSettings.From(variable), TimeProvider.System);
            var uncounted = meters.WhyUncounted is not null;
            return [.. meters.Look().Select(meter => Of(meter, uncounted))];
        }
        catch (MeterException e)
        {
            return [Check.Problem("meters", "cannot be looked for", e.Message)];
        }
    }

    private static Check Of(MeterState meter, bool uncounted)
    {
        var name = $"meter {meter.Name}";
        return meter.Domains is { } domains ? Check.Ok(name, domains)
            // A machine without an accelerator lacks nothing, nor does one that counts its processors need an estimate of them.
            : meter.Name != MachineMeters.CoreWattsName || !uncounted ? Check.Ok(name, $"none: {meter.Why}")
            : Check.Warning(
                name, "none, and no counter of the processors either",
                $"The energy of inferences is estimated here, that of stages unknown. Let Grid read the counters, or set {MeterSettings.CoreWattsVariable} to the watts of "
                + "one busy core.");
    }
}
