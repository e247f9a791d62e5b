using System.CommandLine;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.CommandLine.Api;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Deploys the latest revision of one Process, or of several in one step.</summary>
internal static class DeployVerb
{
    public static Command Create(VerbServices services)
    {
        var processes = new Argument<string[]>("processes") { Description = "Names or ids of the Processes; several are deployed in one step, all or none", Arity = ArgumentArity.ZeroOrMore };
        var boldBecauseOf = new Option<string?>("--bold-because-of") { Description = "Deploy, in one step, every Process that is bold because of this component (name or id), except what was set back", HelpName = "component" };
        var note = VerbArguments.Note();
        var onlyIfChanged = new Option<bool>("--only-if-changed") { Description = "Refuse when nothing changed since the current version (one Process)" };
        var environment = VerbArguments.InEnvironment("Where the versions become current [default: the first environment]");
        var verb = new Verb("deploy", "Deploy the latest revision of Processes as their next version", "deploy \"Process Orders\" --note \"Retry failed orders\"", "deploy \"Process Orders\" Invoices --note \"Release 26.47\"", "deploy --bold-because-of \"ERP Database\" --preview")
        {
            processes, boldBecauseOf, note, onlyIfChanged, environment,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetResult(processes) is { Tokens.Count: > 0 } == result.GetResult(boldBecauseOf) is { Tokens.Count: > 0 })
                result.AddError("Name the Processes to deploy, or a component with --bold-because-of");
            if (result.GetValue(onlyIfChanged) && result.GetResult(processes) is not { Tokens.Count: 1 }) result.AddError("--only-if-changed is for one Process");
        });
        return verb.Sends(services, async (run, ct) =>
        {
            var (ids, names) = await ChosenAsync(run, run.Get(processes), run.Get(boldBecauseOf), ct);
            var environmentId = await run.EnvironmentAsync(environment, ct);
            Contracts.Commands.Command command = ids is [var one]
                ? new DeployProcess { ProcessId = one, EnvironmentId = environmentId, Note = run.Get(note), OnlyIfChanged = run.Get(onlyIfChanged) ? true : null }
                : new DeployProcesses { ProcessIds = ids, EnvironmentId = environmentId, Note = run.Get(note) };
            return (command, $"Deployed {string.Join(", ", names)}");
        }, CommandVerb.SayVersionsAsync);
    }

    private static async Task<(List<Guid> Ids, List<string> Names)> ChosenAsync(VerbRun run, IReadOnlyList<string> named, string? component, CancellationToken ct)
    {
        var (ids, names) = (new List<Guid>(), new List<string>());
        foreach (var process in named)
        {
            ids.Add(await run.Api.ProcessAsync(process, ct));
            names.Add(process);
        }

        return component is null ? (ids, names) : await BoldBecauseOfAsync(run, component, ct);
    }

    /// <summary>What was set back on purpose stays so: it is named, and left out.</summary>
    private static async Task<(List<Guid> Ids, List<string> Names)> BoldBecauseOfAsync(VerbRun run, string component, CancellationToken ct)
    {
        var (ids, names, setBack) = (new List<Guid>(), new List<string>(), new List<string>());
        var componentId = await run.Api.ComponentAsync(component, ct);
        await foreach (var process in run.Api.AllAsync($"components/{componentId}/impact", Query.None, ct))
        {
            var reason = process["reasons"].Items.FirstOrDefault(reason => reason["componentId"].Id == componentId && process["currentVersion"].IsThere)["code"].Text;
            if (reason.Length == 0) continue;
            if (reason == "RolledBack")
            {
                setBack.Add(process["name"].Text);
                continue;
            }

            ids.Add(process["processId"].Id!.Value);
            names.Add(process["name"].Text);
        }

        if (setBack.Count > 0) run.Screen.Warn($"Left out, since they were set back to an older version: {string.Join(", ", setBack)}.");
        return ids.Count switch
        {
            0 => throw new CommandLineException(ExitCodes.Refused, $"No Process is bold because of {component}."),
            > Limits.Ids => throw new CommandLineException(ExitCodes.Refused, $"{ids.Count} Processes are bold because of {component}; one step takes {Limits.Ids}. Name some of them."),
            _ => (ids, names),
        };
    }
}
