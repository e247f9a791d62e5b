using System.CommandLine;

namespace ProcessDeployment.Engine.CommandLine;

/// <summary>A verb with examples for its help.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, params string[] examples) : base(name, description) => Examples = examples;

    public IReadOnlyList<string> Examples { get; }

    /// <summary>What the verb does, once an engine is found or started.</summary>
    public Verb Does(VerbServices services, Func<VerbRun, CancellationToken, Task<int>> action)
    {
        SetAction((parsed, ct) => services.RunAsync(parsed, action, ct));
        return this;
    }

    /// <summary>For verbs that only show something.</summary>
    public Verb Shows(VerbServices services, Func<VerbRun, CancellationToken, Task> action) => Does(services, async (run, ct) =>
    {
        await action(run, ct);
        return ExitCodes.Ok;
    });
}
