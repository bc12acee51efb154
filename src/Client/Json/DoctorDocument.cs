using Grid.Client.Doctor;

namespace Grid.Client.Json;

/// <summary>The answer of <c>doctor</c>.</summary>
/// <param name="Usable">Whether sweeps can run: no check is a problem.</param>
internal sealed record DoctorDocument(bool Usable, IReadOnlyList<Check> Checks);
