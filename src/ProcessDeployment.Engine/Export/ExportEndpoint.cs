using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Redaction;

namespace ProcessDeployment.Engine.Export;

/// <summary>Exports for auditors: begun, watched, and downloaded, in parts if need be.</summary>
internal static partial class ExportEndpoint
{
    private const string Path = "/audit/export";

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        api.MapPost(Path, StartAsync).Describe("start-export", "Export all changes of a period with their proof; a period that was exported before is not written again", [ParameterNames.From, ParameterNames.To])
            .Produces<ExportState>().Produces<ExportState>(202).Produces<Problem>(429, Problem.ContentType);
        api.MapGet($"{Path}/{{id}}", Find).Describe("get-export", "How far an export is", []).Produces<ExportState>().MayBeUnknown();
        api.MapGet($"{Path}/{{id}}/bundle", DownloadAsync).Describe("download-export", "The bundle of an export, or a range of it", []).Produces(200, contentType: "application/zip").MayBeUnknown();
    }

    private static async Task<IResult> StartAsync(HttpContext context, ExportScopes scopes, LedgerReader ledger, ExportJobs jobs, AccountQuestion asking, ICallers callers)
    {
        var asked = new QuestionParameters(context.Request, [ParameterNames.From, ParameterNames.To, ParameterNames.AtLeast]);
        var (from, to, atLeast) = (asked.Time(ParameterNames.From), asked.Time(ParameterNames.To), asked.AtLeast());
        if (from > to) asked.Refuse(ParameterNames.To, "must not be before from");
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        var accountId = asking.AccountOf(context);
        // Periods are found and words are made by the read models, so these must have come as far as the ledger.
        if (await ledger.LatestAsync(accountId, context.RequestAborted) is not { } latest)
            return Problem.Unavailable("Nothing of this account is sealed yet, so nothing can be proved.", "not-sealed");
        if (await asking.BehindAsync(accountId, Math.Max(atLeast, latest.Head.Size), context.RequestAborted) is { } behind) return behind;
        var scope = await scopes.FindAsync(accountId, from, to, latest, context.RequestAborted);
        if (!scope.IsExplained) return Problem.Unavailable("What says that an event was redacted or skipped is not sealed yet; that takes a moment.", "not-sealed-yet");
        if (scope.IsBeingRedacted)
            return Problem.Unavailable($"What was redacted at position {scope.RedactedTo} is being taken out of the lists. Try again when that rebuild has ended, or begin it again: rebuild --all --tenant {accountId}", "redaction-under-way");
        await jobs.ForgetRedactedAsync(accountId, scope.Id, scope.RedactedTo, context.RequestAborted);
        return jobs.Start(scope, callers.Of(context).Actor) is { } job ? StateOf(job, scope) : Problem.Busy("Another export is being written.");
    }

    private static IResult Find(HttpContext context, string id, ExportJobs jobs, AccountQuestion asking) =>
        JobOf(id, jobs, asking.AccountOf(context)) is { } job ? StateOf(job, scope: null) : Problem.NotFound($"There is no export {id}; POST {Path} makes one.");

    private static async Task<IResult> DownloadAsync(HttpContext context, string id, ExportJobs jobs, RedactionHistory redactions, AccountQuestion asking, IOperationsLog operations, ICallers callers)
    {
        var accountId = asking.AccountOf(context);
        var (redactedTo, _) = await redactions.LastAsync(accountId, context.RequestAborted);
        if (Id().IsMatch(id)) await jobs.ForgetRedactedAsync(accountId, id, redactedTo, context.RequestAborted);
        if (JobOf(id, jobs, accountId) is not { } job) return Problem.NotFound($"There is no export {id}; POST {Path} makes one.");
        if (!job.Done.IsCompleted) return Problem.Unavailable($"{job.Written} of {job.Total} events are written.", "not-ready");
        if (job.Failure is { } failure) return Problem.Unavailable($"The export failed: {failure}", "export-failed");
        // Going on with a download is not another reading.
        var goesOn = RangeHeaderValue.TryParse(context.Request.Headers.Range.ToString(), out var range) && range.Ranges.All(part => part.From > 0);
        if (!goesOn)
            await operations.RecordAsync(accountId, callers.Of(context).Actor, new ExportRead { ExportId = id }, context.RequestAborted);
        // Under the same id there are other bytes after a redaction: whoever goes on with a download must not mix them.
        // Whoever resumes knows the id: only after a redaction there is another file under it.
        var tag = new EntityTagHeaderValue(redactedTo == 0 ? $"\"{id}\"" : string.Create(CultureInfo.InvariantCulture, $"\"{id}-{redactedTo}\""));
        return Results.File(job.File, "application/zip", $"{accountId}-{id}.zip", new DateTimeOffset(File.GetLastWriteTimeUtc(job.File), TimeSpan.Zero), tag, enableRangeProcessing: true);
    }

    private static ExportJob? JobOf(string id, ExportJobs jobs, string accountId) => Id().IsMatch(id) ? jobs.Find(accountId, id) : null;

    private static IResult StateOf(ExportJob job, ExportScope? scope)
    {
        var state = new ExportState(
            job.Id, job.Failure is not null ? "failed" : job.Done.IsCompleted ? "done" : "running", job.Written, job.Total, $"{HttpServices.Root}{Path}/{job.Id}/bundle",
            scope?.First, scope?.Last, scope?.IsClosed, job.Failure);
        return Results.Json(state, Contracts.Json.WireJson.Options, statusCode: job.Done.IsCompleted ? 200 : 202);
    }

    [GeneratedRegex("^[0-9a-f]{16}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}

/// <summary>How far an export is.</summary>
/// <param name="ExportId">The same for the same closed period.</param>
/// <param name="State"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Written">Events written.</param>
/// <param name="Total">Events to write; 0 where it was written before.</param>
/// <param name="Bundle">Where to download it.</param>
/// <param name="First">First position of the period.</param>
/// <param name="Last">Last position of the period; one less than the first when nothing happened in it.</param>
/// <param name="Closed">The period is over and sealed, so the export will always be the same.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record ExportState(string ExportId, string State, long Written, long Total, string Bundle, long? First, long? Last, bool? Closed, string? Failure);
