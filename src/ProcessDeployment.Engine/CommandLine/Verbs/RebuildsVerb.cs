using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The jobs of <c>rebuild</c>: what runs, what ran, and what is to be done about it.</summary>
internal static class RebuildsVerb
{
    public static Command Create(VerbServices services)
    {
        var id = new Argument<Guid>("id") { Description = "Id of the job" };
        return new Verb("rebuilds", "List rebuilds, or show, cancel or resume one", "rebuilds list", "rebuilds show 0193…")
        {
            new Verb("list", "List the newest jobs", "rebuilds list").Shows(services, (run, ct) => run.ShowAsync("rebuilds", Query.None, answer =>
            {
                var table = Tables.Of("Id", "Begun", "What", "Status", ">Events", ">Differences");
                foreach (var job in answer["items"].Items)
                    table.Row(job["jobId"].Text, job["startedAt"].Time, RebuildTable.What(job), RebuildTable.Status(job), job["eventsRead"].Text, job["differences"].Text);
                run.Screen.Show(table);
            }, ct)),
            new Verb("show", "Show a job, and follow it while it runs", "rebuilds show 0193…") { id }.Does(services, (run, ct) => RebuildVerb.WatchAsync(run, run.Get(id).ToString(), ct)),
            new Verb("cancel", "Stop a job; a resume goes on where it was", "rebuilds cancel 0193…") { id }.Does(services, async (run, ct) =>
            {
                Problems.Checked(await run.Api.DeleteAsync($"rebuilds/{run.Get(id)}", ct));
                run.Screen.Say("It stops within a second; what answers now is left as it is.");
                return ExitCodes.Ok;
            }),
            new Verb("resume", "Go on with a job that was cancelled or failed", "rebuilds resume 0193…") { id }.Does(services, async (run, ct) =>
            {
                Problems.Checked(await run.Api.PostAsync($"rebuilds/{run.Get(id)}/resume", "application/json", "{}"u8.ToArray(), ct));
                return await RebuildVerb.WatchAsync(run, run.Get(id).ToString(), ct);
            }),
        };
    }
}
