using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Rebuilds over HTTP: the operator's, since they concern every account.</summary>
internal static class RebuildEndpoints
{
    private const int Newest = 50;

    public static void MapRebuilds(this IEndpointRouteBuilder api)
    {
        var rebuilds = EngineOperator.Only(api.MapGroup("/rebuilds").WithTags("Rebuilds"), "Rebuilds are");
        rebuilds.MapPost("", BeginAsync).WithName("begin-rebuild").WithSummary("Rebuild read models from the events, or only prove them")
            .WithDescription("202 with the job. What answers now goes on answering until the new tables take its place in one moment. Of all accounts there is one job at a time, of one account too: 409 when there is one. Jobs of several accounts take turns, and more than there are places for wait.")
            .Accepts<Asked>(MediaTypes.Json).Produces<RebuildJob>(202).Produces<Problem>(400, Problem.ContentType).Produces<Problem>(403, Problem.ContentType).Produces<Problem>(409, Problem.ContentType);
        rebuilds.MapGet("", async (RebuildJobs jobs, CancellationToken ct) => Results.Json(new Jobs(await jobs.NewestAsync(Newest, ct)), WireJson.Options))
            .WithName("list-rebuilds").WithSummary("The newest jobs, with their progress").Produces<Jobs>().Produces<Problem>(403, Problem.ContentType);
        rebuilds.MapGet("/{id:guid}", async (Guid id, RebuildJobs jobs, CancellationToken ct) => await jobs.ShownAsync(id, ct) is { } job ? Results.Json(job, WireJson.Options) : NoJob(id))
            .WithName("get-rebuild").WithSummary("A job: phase, progress, and what its proof found").Produces<RebuildJob>().Produces<Problem>(404, Problem.ContentType);
        rebuilds.MapDelete("/{id:guid}", CancelAsync).WithName("cancel-rebuild").WithSummary("Cancel a job; what it has done so far is kept for a resume")
            .Produces<RebuildJob>(202).Produces<Problem>(404, Problem.ContentType).Produces<Problem>(409, Problem.ContentType);
        rebuilds.MapPost("/{id:guid}/resume", ResumeAsync).WithName("resume-rebuild").WithSummary("Go on with a job that was cancelled, failed, or lost its engine")
            .Produces<RebuildJob>(202).Produces<Problem>(404, Problem.ContentType).Produces<Problem>(409, Problem.ContentType);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, RebuildRunner runner, RebuildJobs jobs, AccountList accounts, CancellationToken cancellation)
    {
        if (MediaTypes.Of(context.Request) is not BodyKind.Either) return MediaTypes.NotJson;
        Asked? asked;
        try
        {
            asked = await MediaTypes.ReadAsync<Asked>(context.Request, cancellation);
        }
        catch (JsonException e)
        {
            return Problem.Malformed(e.Path?.TrimStart('$', '.') is { Length: > 0 } member ? member : "body", "must be {\"models\": [\"process-list\", …]} or {\"all\": true}, with accountId and verifyOnly if wanted");
        }

        var errors = await ErrorsAsync(asked ?? new(), accounts, cancellation);
        if (errors.Count > 0) return Problem.Malformed(errors);
        var models = asked!.All ? [.. RebuildModel.All.Select(model => model.Name)] : asked.Models!;
        var (account, actor) = EngineOperator.Of(context)!.Value;
        return await runner.BeginAsync(new(models, asked.AccountId, asked.VerifyOnly, account, actor), cancellation) is { } jobId
            ? Accepted(await jobs.ShownAsync(jobId, cancellation))
            : await BusyAsync(jobs, asked.AccountId, cancellation);
    }

    private static async Task<List<MemberError>> ErrorsAsync(Asked asked, AccountList accounts, CancellationToken cancellation)
    {
        var names = RebuildModel.All.Select(model => model.Name).ToList();
        List<MemberError> errors = [.. (asked.Models ?? []).Except(names).Select(name => new MemberError("models", $"has no {name}; there are {string.Join(", ", names)}"))];
        if (asked.All == (asked.Models?.Count > 0)) errors.Add(new("models", "must name at least one, or all must be true, not both"));
        if (asked.AccountId is { } accountId && !(await accounts.AllAsync(cancellation)).Contains(accountId)) errors.Add(new("accountId", "must be that of an account there is"));
        return errors;
    }

    private static async Task<IResult> CancelAsync(Guid id, RebuildJobs jobs, CancellationToken cancellation) =>
        await jobs.CancelAsync(id, cancellation) ? Accepted(await jobs.FindAsync(id, cancellation))
        : await jobs.FindAsync(id, cancellation) is { } job ? new Problem("It does not run", 409, $"The job is {job.Status}.", "not-running")
        : NoJob(id);

    private static async Task<IResult> ResumeAsync(Guid id, RebuildRunner runner, RebuildJobs jobs, CancellationToken cancellation)
    {
        if (await jobs.FindAsync(id, cancellation) is not { } job) return NoJob(id);
        if (job.Status == "completed") return new Problem("Nothing is left to do", 409, "The job is completed.", "completed");
        if (job.IsWaiting) return new Problem("It waits already", 409, "The job goes on as soon as it finds a place.", "waiting");
        if (job.Phase == RebuildPhases.Waiting && await jobs.WaitAgainAsync(id, cancellation)) return Accepted(await jobs.ShownAsync(id, cancellation));
        if (job.AccountId is { } accountId && (await jobs.RunningAsync(cancellation)).Exists(other => other.JobId != id && other.AccountId == accountId)) return await BusyAsync(jobs, accountId, cancellation);
        if (!await jobs.IsNewestRebuildAsync(job, cancellation)) return new Problem("It cannot go on", 409, "What it had built gave way to a later rebuild. Begin a new one.", "superseded");
        return await runner.ResumeAsync(job, cancellation) ? Accepted(await jobs.ShownAsync(id, cancellation)) : await BusyAsync(jobs, job.AccountId, cancellation);
    }

    private static async Task<Problem> BusyAsync(RebuildJobs jobs, string? accountId, CancellationToken cancellation) => (await jobs.RunningAsync(cancellation)) is [_, ..] all && (all.Find(job => job.AccountId == accountId) ?? all[0]) is var running
        ? new("A job runs already", 409, $"{(running.VerifyOnly ? "The verification" : "The rebuild")} {running.JobId} of {string.Join(", ", running.Models)}, begun by {running.Actor} at {running.StartedAt:u}, is {running.Phase}. Cancel it or wait.", "rebuild-running")
        : new("A job runs already", 409, "It is just beginning, or ending. Try again in a moment.", "rebuild-running");

    private static IResult Accepted(RebuildJob? job) => Results.Json(job, WireJson.Options, statusCode: 202);

    private static Problem NoJob(Guid id) => Problem.NotFound($"There is no rebuild {id}.");

    internal sealed record Asked(IReadOnlyList<string>? Models = null, bool All = false, string? AccountId = null, bool VerifyOnly = false);

    internal sealed record Jobs(IReadOnlyList<RebuildJob> Items);
}
