using System.Text;
using System.Text.Encodings.Web;

namespace Grid.Client.Report;

/// <summary>Builds HTML in which every text and every attribute is encoded: markup comes only from literals of this program.</summary>
internal sealed class Html
{
    private readonly StringBuilder text = new();

    /// <summary>Markup of this program; what is inserted into it is encoded.</summary>
    public Html Add(HtmlLiteral markup)
    {
        text.Append(markup.Encoded);
        return this;
    }

    /// <summary>Markup that was built the same way.</summary>
    public Html Add(Html other)
    {
        text.Append(other.text);
        return this;
    }

    public override string ToString() => text.ToString();
}

/// <summary>An interpolated string whose holes are encoded as HTML; nested <see cref="Html"/> is inserted as it is.</summary>
[System.Runtime.CompilerServices.InterpolatedStringHandler]
internal readonly ref struct HtmlLiteral(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + formattedCount * 16);

    public string Encoded => text.ToString();

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Html html) => text.Append(html);

    public void AppendFormatted(string? value) => text.Append(HtmlEncoder.Default.Encode(value ?? ""));

    public void AppendFormatted(int value) => text.Append(value);
}
