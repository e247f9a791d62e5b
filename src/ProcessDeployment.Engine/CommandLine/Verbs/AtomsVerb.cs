using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The Atoms there are.</summary>
internal static class AtomsVerb
{
    public static Command Create(VerbServices services)
    {
        var text = VerbArguments.Text("--text", "Only those with this in their name");
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("atoms", "List the Atoms", "atoms", "atoms --text berlin") { text, take, cursor }
            .ShowsAnyMoment(services, (run, ct) => run.ShowListAsync(
                "atoms", Query.None.With("text", run.Get(text)), run.Get(take), run.Get(cursor),
                Tables.Of("Atom", "Type", "Host", "Time zone", "Registered"),
                (table, atom) => table.Row(atom["name"].Text, atom["atomType"].Text, atom["hostName"].Text, atom["timeZone"].Text, atom["registeredAt"].Day),
                "There are no such Atoms. register-atom makes one known.",
                ct));
    }
}
