using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The environments there are; turns them on and off.</summary>
internal static class EnvironmentsVerb
{
    public static Command Create(VerbServices services)
    {
        var verb = new Verb("environments", "List the environments: what is in them, and at which versions", "environments", "environments on")
            .ShowsAnyMoment(services, (run, ct) => run.ShowAsync("environments", Query.None, answer => Show(run.Screen, answer), ct));
        verb.Add(new Verb("on", "Attach Atoms and Processes to environments from now on", "environments on").Sends(services, (_, _) => Task.FromResult<(Contracts.Commands.Command, string)>((new SetEnvironments { Enabled = true }, "Environments are on"))));
        verb.Add(new Verb("off", "Attach Atoms to Processes from now on", "environments off").Sends(services, (_, _) => Task.FromResult<(Contracts.Commands.Command, string)>((new SetEnvironments { Enabled = false }, "Environments are off"))));
        return verb;
    }

    private static void Show(Screen screen, Json answer)
    {
        if (!answer["enabled"].IsTrue) screen.Line("Environments are off: Atoms are attached to Processes.");
        var table = Tables.Of(">Order", "Environment", "For", "Atoms", "Processes");
        foreach (var environment in answer["items"].Items)
        {
            table.Row(
                environment["order"].Text, environment["name"].Text, environment["classification"].Text, Tables.Names(environment["atoms"]),
                string.Join(", ", environment["processes"].Items.Select(process => process["versionNumber"].IsThere ? $"{process["name"].Text} {process["versionNumber"].Text}" : process["name"].Text)));
        }

        screen.Show(table);
    }
}
