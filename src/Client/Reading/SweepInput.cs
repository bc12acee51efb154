using Grid.Experiments.Sweeps.Files;

namespace Grid.Client.Reading;

/// <summary>Reads the sweep file of a command line.</summary>
internal static class SweepInput
{
    /// <exception cref="UserException">It has errors; the messages are all of them.</exception>
    public static SweepReading Read(string path)
    {
        var reading = SweepFile.Read(path);
        return reading.Sweep is not null ? reading : throw new UserException([.. reading.Errors.Select(e => e.ToString())]);
    }
}
