using System.CommandLine;

namespace Grid.Client.Commands;

/// <summary>--detach of the commands that begin a sweep or go on with one.</summary>
internal sealed class DetachOption() : Option<bool>("--detach")
{
    /// <summary>Whether to leave the sweep to its cluster.</summary>
    /// <exception cref="UserException">There is none to leave it to.</exception>
    public bool In(Invocation call) => call.Value(this) && call.Cluster is null
        ? throw new UserException("--detach needs a cluster to leave the sweep to: name one with --cluster NAME.")
        : call.Value(this);
}
