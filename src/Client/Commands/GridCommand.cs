using System.CommandLine;

namespace Grid.Client.Commands;

/// <summary>A command of the console, with the examples its help shows.</summary>
internal sealed class GridCommand : Command
{
    private readonly Func<Invocation, Task<Answer>> act;

    public GridCommand(string name, string description, Func<Invocation, Task<Answer>> act, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        this.act = act;
        Examples = examples;
        // The console calls Act itself, to see to the one document of --json and to every error in one place.
        SetAction(_ => { });
        Validators.Add(result =>
        {
            foreach (var word in Complaints.OptionsAmongArguments(result))
                result.AddError(Complaints.NoOption(this, word));
        });
    }

    /// <summary>Command lines to copy, without the program's name.</summary>
    public IReadOnlyList<string> Examples { get; }

    public Task<Answer> Act(Invocation invocation) => act(invocation);
}
