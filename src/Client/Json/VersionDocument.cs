namespace Grid.Client.Json;

/// <summary>The answer of <c>--version</c>.</summary>
/// <param name="Version">With the commit it was built from, as far as that is known.</param>
internal sealed record VersionDocument(string Version);
