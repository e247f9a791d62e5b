using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>What happened to a Process.</summary>
internal static class HistoryVerb
{
    public static Command Create(VerbServices services)
    {
        var process = VerbArguments.Process();
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("history", "List what happened to a Process, newest first", "history \"Process Orders\" --take 20") { process, take, cursor }
            .ShowsAnyMoment(services, async (run, ct) => await run.ShowListAsync(
                $"processes/{await run.Api.ProcessAsync(run.Get(process), ct)}/history", Query.None, run.Get(take), run.Get(cursor),
                AuditTable.Create(), AuditTable.Add, "Nothing happened to it yet.", ct));
    }
}
