namespace Grid.Experiments.Models.Onnx;

/// <summary>Names of nodes. ONNX leaves them out or repeats them at will; Grid's stages and reports tell layers apart by them.</summary>
public static class NodeNames
{
    /// <summary>Names after its first output each node that has no name, or that of a node before it.</summary>
    public static OnnxModel Complete(OnnxModel model)
    {
        var taken = model.Nodes.Select(n => n.Name).Append("").ToHashSet();
        var seen = new HashSet<string> { "" };
        return model with { Nodes = [.. model.Nodes.Select(n => seen.Add(n.Name) ? n : n with { Name = Free(n.Outputs[0], taken) })] };
    }

    private static string Free(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var i = 2; !taken.Add(name); i++)
            name = $"{wanted}-{i}";
        return name;
    }
}
