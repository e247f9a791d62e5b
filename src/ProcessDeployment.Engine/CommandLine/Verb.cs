using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Verbs;

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

    /// <summary>For verbs that show what is or was: everything the verb asks is about the moment given.</summary>
    public Verb ShowsAnyMoment(VerbServices services, Func<VerbRun, CancellationToken, Task> action)
    {
        Options.Add(VerbArguments.AsOf);
        return Shows(services, async (run, ct) =>
        {
            run.Api.AsOf = run.Get(VerbArguments.AsOf);
            await action(run, ct);
        });
    }

    /// <summary>For verbs that only show something. Whose, the engine says: an account given beside it would seem to be the one shown.</summary>
    public Verb Shows(VerbServices services, Func<VerbRun, CancellationToken, Task> action) => Does(services, async (run, ct) =>
    {
        if (run.Account is { } account && !run.IsOurEngine)
        {
            throw new CommandLineException(
                ExitCodes.Malformed,
                $"--account cannot be given to {Name}: the engine at {run.Api.Url} shows the account it serves. Leave it out, or name with --url an engine that serves {account}.");
        }

        await action(run, ct);
        return ExitCodes.Ok;
    });
}
