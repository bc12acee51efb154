using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Grid.Experiments.Sweeps.Files.Yaml;

/// <summary>
/// Reads one YAML document of plain values, lists and mappings. What YAML offers beyond that is refused: tags, which name types, and
/// anchors with aliases, of which a few lines can stand for more memory than there is.
/// </summary>
internal sealed class YamlTree
{
    private const int MostDepth = 10;

    private readonly Parser parser;
    private readonly SweepErrors errors;
    private readonly Stack<ParsingEvent> open = new();
    private bool refused;
    private long refusedLine;

    private YamlTree(string text, SweepErrors errors)
    {
        parser = new Parser(new StringReader(text));
        this.errors = errors;
    }

    /// <summary>The document's mapping; null, with at least one error, when there is none or it holds what is refused.</summary>
    public static YamlMap? Read(string text, SweepErrors errors)
    {
        if (YamlText.RefusesNull(text, errors) || YamlText.RefusesTabs(text, errors))
            return null;
        try
        {
            return new YamlTree(text, errors).Document();
        }
        catch (YamlException e)
        {
            errors.Add((int)e.Start.Line, (int)e.Start.Column, null, null, YamlText.Explain(e, text));
            return null;
        }
    }

    private YamlMap? Document()
    {
        Next();
        if (Next() is not DocumentStart)
        {
            errors.Add(1, null, null, null, $"the file is empty; accepted: a mapping with {string.Join(", ", SweepFileKeys.Required)}.");
            return null;
        }

        var root = Item(Next(), 0);
        Next();
        if (Next() is DocumentStart second)
            Refuse(second, "a second document begins here; accepted: one sweep in a file.");
        if (!refused && root is not YamlMap)
            errors.Add(root, null, $"accepted: a mapping with {string.Join(", ", SweepFileKeys.Required)}.");
        return refused ? null : root as YamlMap;
    }

    /// <exception cref="YamlException">Also where the library fails in other ways, as it does where a bracket is not closed and at some odd signs.</exception>
    private ParsingEvent Next()
    {
        try
        {
            if (parser.MoveNext() && parser.Current is { } next)
                return next;
        }
        catch (Exception e) when (e is not (YamlException or OutOfMemoryException))
        {
        }
        var (start, end) = open.TryPeek(out var innermost) ? (innermost.Start, innermost.End) : (Mark.Empty, Mark.Empty);
        throw new YamlException(start, end, "the list or mapping that begins here is not closed in its place, or something in it is out of place.");
    }

    private YamlItem Item(ParsingEvent current, int depth)
    {
        var (line, column) = ((int)current.Start.Line, (int)current.Start.Column);
        CheckPlain(current);
        switch (current)
        {
            case SequenceStart or MappingStart when depth == MostDepth:
                throw new YamlException(current.Start, current.End, "this is nested deeper than any sweep.");
            case SequenceStart:
                open.Push(current);
                var items = new List<YamlItem>();
                while (Next() is var item and not SequenceEnd)
                    items.Add(Item(item, depth + 1));
                open.Pop();
                return new YamlList(items, line, column);
            case MappingStart:
                open.Push(current);
                var entries = new List<YamlEntry>();
                while (Next() is var first and not MappingEnd)
                    if ((Item(first, depth + 1), Item(Next(), depth + 1)) is (var key, var value) && Key(key) is { } name)
                        entries.Add(new YamlEntry(name, value));
                open.Pop();
                return new YamlMap(entries, line, column);
            case Scalar scalar:
                return new YamlScalar(scalar.Value, scalar.Style != ScalarStyle.Plain, line, column);
            default:
                return new YamlScalar("", false, line, column);
        }
    }

    private YamlScalar? Key(YamlItem item)
    {
        if (item is YamlScalar key)
            return key;
        errors.Add(item, null, "accepted as a key: one word.");
        refused = true;
        return null;
    }

    private void CheckPlain(ParsingEvent current)
    {
        if (current is AnchorAlias alias)
            Refuse(current, $"*{YamlItem.Tame(alias.Value.Value)} repeats another place of the file; accepted: the value itself.");
        if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
            Refuse(current, $"&{YamlItem.Tame(anchored.Anchor.Value)} marks a value to be repeated, which a sweep file cannot do; accepted: the value alone.");
        if (current is NodeEvent { Tag.IsEmpty: false } tagged)
            Refuse(current, $"{(tagged.Tag.IsNonSpecific ? "!" : YamlItem.Tame(tagged.Tag.Value))} is a YAML tag, which a sweep file cannot have; accepted: the value alone.");
    }

    private void Refuse(ParsingEvent at, string message)
    {
        refused = true;
        if (at.Start.Line == refusedLine)
            return;
        refusedLine = at.Start.Line;
        errors.Add((int)at.Start.Line, (int)at.Start.Column, null, null, message);
    }
}
