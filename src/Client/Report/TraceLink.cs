namespace Grid.Client.Report;

/// <summary>The address at which a trace can be looked at, as a user's own Grafana or Jaeger has it.</summary>
/// <param name="Address">http or https, with <see cref="Place"/> where the trace's id belongs.</param>
internal sealed record TraceLink(string Address)
{
    public const string Variable = "GRID_TRACE_URL";
    public const string Place = "{trace}";

    /// <summary>Null where the variable is not set.</summary>
    /// <exception cref="UserException">It is no such address.</exception>
    public static TraceLink? Read(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault(Variable) is not { Length: > 0 } address)
            return null;
        var isAddress = Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
        return isAddress && address.Contains(Place, StringComparison.Ordinal)
            ? new TraceLink(address)
            : throw new UserException($"{Variable} is '{address}'; it must be an address that begins with http:// or https:// and has {Place} where the trace's id belongs.");
    }
}
