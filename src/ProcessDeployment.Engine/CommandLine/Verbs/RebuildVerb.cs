using System.CommandLine;
using System.Text.Json;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Builds read models anew from the events, or only proves that they are what the events say.</summary>
internal static class RebuildVerb
{
    public static Command Create(VerbServices services)
    {
        var models = new Argument<string[]>("models") { Description = "Read models such as process-list, attachments, audit-entries; or current-state", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All of them" };
        var tenant = new Option<string?>("--tenant") { Description = "Only the rows of this account", HelpName = "account" };
        var verify = new Option<bool>("--verify-only") { Description = "Change nothing: hold every row against the events, and list by key those that differ" };
        return new Verb("rebuild", "Build read models anew from the events, while the old ones answer, and prove them", "rebuild process-list attachments", "rebuild --all --verify-only", "rebuild audit-entries --tenant acme")
        {
            models, all, tenant, verify,
        }.Does(services, async (run, ct) =>
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new { models = run.Get(models), all = run.Get(all), accountId = run.Get(tenant), verifyOnly = run.Get(verify) }, Contracts.Json.WireJson.Options);
            var job = Problems.Checked(await run.Api.PostAsync("rebuilds", "application/json", body, ct)).Json;
            return await WatchAsync(run, job["jobId"].Text, ct);
        });
    }

    /// <summary>Says how far it is until it ends. Whoever stops watching does not stop the job.</summary>
    public static async Task<int> WatchAsync(VerbRun run, string jobId, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        var said = "";
        while (true)
        {
            var answer = await run.Api.AskAsync($"rebuilds/{jobId}", Query.None, ct);
            var job = answer.Json;
            if (job["status"].Text != "running") return End(run, answer);
            if (RebuildTable.Progress(job) is var now && now != said) run.Screen.Say(said = now);
            try
            {
                await timer.WaitForNextTickAsync(ct);
            }
            catch (OperationCanceledException) when (!run.IsOurEngine)
            {
                run.Screen.Say($"It goes on without being watched: rebuilds show {jobId}");
                throw;
            }
        }
    }

    private static int End(VerbRun run, ApiAnswer answer)
    {
        var job = answer.Json;
        if (run.Screen.IsJson) run.Screen.Raw(answer.Body);
        else RebuildTable.Show(run.Screen, job);
        return job["status"].Text == "completed" && job["differences"].Number is 0 && !job["left"].Items.Any() ? ExitCodes.Ok : ExitCodes.Refused;
    }
}
