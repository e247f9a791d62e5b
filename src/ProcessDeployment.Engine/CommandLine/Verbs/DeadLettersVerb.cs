using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Messages that could not be brought to the domain.</summary>
internal static class DeadLettersVerb
{
    public static Command Create(VerbServices services)
    {
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("dead-letters", "List messages that could not be judged, and why", "dead-letters") { take, cursor }
            .Shows(services, (run, ct) => run.ShowListAsync(
                "dead-letters", Query.None, run.Get(take), run.Get(cursor),
                Tables.Of("Id", "Received", "Channel", "Account", "Why"),
                (table, letter) => table.Row(letter["id"].Text, letter["receivedAt"].Time, letter["channel"].Text, letter["accountId"].Text, $"{letter["status"].Text}: {letter["reason"].Text}"),
                "There are none.",
                ct));
    }
}
