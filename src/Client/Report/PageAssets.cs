using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Grid.Client.Report;

/// <summary>What every page consists of beside its data: the template, the style, the charting library and the page's own scripts.</summary>
internal static class PageAssets
{
    public const string LibraryFile = "echarts.min.js";

    /// <summary>The page's scripts in the order in which they are joined; a later one may use what earlier ones name.</summary>
    private static readonly string[] scripts =
    [
        "dom.js", "model.js", "format.js", "state.js", "filters.js", "chart.js", "canvas.js", "marks.js", "lasso.js", "points.js", "scatter.js", "lines.js", "parallel.js", "table.js",
        "download.js", "details.js", "compare.js", "volume.js", "importance.js", "techniques.js", "energy.js", "sections.js", "live.js", "main.js",
    ];

    public static string Template { get; } = Text("report.html");
    public static string Style { get; } = Text("report.css").TrimEnd();
    public static string Library { get; } = Text(LibraryFile);
    public static string Scripts { get; } = $"'use strict';\n(() => {{\n{string.Join('\n', scripts.Select(Text))}}})();\n";

    /// <summary>
    /// Forbids everything but these two scripts and the style of the page itself: no network, no frame, no form, and no script that a name could smuggle
    /// in. Elements that the library positions carry styles, hence 'unsafe-inline' for these alone.
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src '{HashOf(Library)}' '{HashOf(Scripts)}'";

    /// <summary>The same for a page that may ask the server it comes from.</summary>
    public static string LivePolicy { get; } = $"{Policy}; connect-src 'self'";

    private static string HashOf(string script) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}";

    private static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"page/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
