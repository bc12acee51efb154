namespace Grid.Client.Json;

/// <summary>The answer of <c>certs ca</c> and <c>certs issue</c>.</summary>
/// <param name="Certificate">Path of the PEM file, as are <paramref name="Key"/> and <paramref name="Authority"/>.</param>
internal sealed record CertificateDocument(string Name, CertificateKind Purpose, string Certificate, string Key, string Authority, DateTimeOffset Expires);

/// <summary>What a certificate is for.</summary>
internal enum CertificateKind
{
    Authority,
    Silo,
    Client,
}
