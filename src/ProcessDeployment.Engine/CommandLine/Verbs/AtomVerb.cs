using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>One Atom.</summary>
internal static class AtomVerb
{
    public static Command Create(VerbServices services)
    {
        var atom = VerbArguments.Atom();
        return new Verb("atom", "Show one Atom", "atom \"Berlin Production\"") { atom }
            .ShowsAnyMoment(services, async (run, ct) => await run.ShowAsync($"atoms/{await run.Api.AtomAsync(run.Get(atom), ct)}", Query.None, answer => run.Screen.Show(Tables.Facts(
                ("Atom", answer["name"].Text),
                ("Id", answer["atomId"].Text),
                ("Type", answer["atomType"].Text),
                ("Host", answer["hostName"].Text),
                ("Time zone", answer["timeZone"].Text),
                ("Registered", $"{answer["registeredAt"].Time} by {answer["registeredBy"].Text}"),
                ("Processes", $"{answer["deployedProcesses"].Text} deployed, {answer["attachedProcesses"].Text} attached"),
                ("Deleted", answer["deleted"].IsTrue ? $"{answer["deletedAt"].Time} by {answer["deletedBy"].Text}" : ""))), ct));
    }
}
