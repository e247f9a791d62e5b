using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Preview;

/// <summary>What a re-deployment of each version would do now, newest first (#22: a licence given back may be gone).</summary>
internal static class Rehearsals
{
    /// <summary>Of components that a version holds and that are deleted by now it still runs (#20), but it cannot be built again.</summary>
    private static readonly MomentSql Versions = new(at => $"""
        select v.version_number, array(
            select c.component_id from jsonb_array_elements(v.manifest) m {at.Component("c", "(m.value ->> 'componentId')::uuid")} where c.deleted)
        from process_deployment.version_history v
        where v.account_id = $1 and v.process_id = $3 and v.version_number < $4
        order by v.version_number desc limit $5
        """);

    private static readonly MomentSql Position = new(at => $"select {at.Position}");

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/processes/{id}/rehearsals", AskAsync)
        .Describe("rehearse-versions", "What re-deploying each version would do now, newest first", [ParameterNames.Cursor, ParameterNames.Take, ParameterNames.AtLeast])
        .Produces<Listed<RehearsalItem>>()
        .MayBeUnknown();

    private static async Task<IResult> AskAsync(HttpContext context, Foresight foresight, AccountQuestion asking, ICallers callers, Databases databases)
    {
        var asked = new QuestionParameters(context.Request, [ParameterNames.Cursor, ParameterNames.Take, ParameterNames.AtLeast]);
        var (processId, page, atLeast) = (asked.PathId(), Page.Of(asked, keys: 1), asked.AtLeast());
        var below = (int)Math.Min(page.NumberAfter(0, int.MaxValue), int.MaxValue);
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        var caller = callers.Of(context);
        var accountId = caller.AccountId;
        if (await asking.BehindAsync(accountId, atLeast, context.RequestAborted) is { } behind) return behind;

        var (versions, position) = (new List<(int Number, Guid[] Deleted)>(), 0L);
        await using var batch = new AccountBatch(accountId);
        batch.Control("begin isolation level repeatable read read only");
        var questions = new QuestionBatch(batch, Moment.Now);
        questions.Query(Position, row => position = row.GetInt64(0));
        var isKnown = OneProcess.IsKnown(questions, processId);
        questions.Query(Versions, row => versions.Add((row.GetInt32(0), row.GetFieldValue<Guid[]>(1))), Given.Id(processId), Given.Number(below), page.Limit);
        batch.Control("commit");
        await using (var connection = await databases.Shared.OpenConnectionAsync(context.RequestAborted)) await batch.RunAsync(connection, context.RequestAborted);

        if (!isKnown()) return Answer.Unknown("Process", processId);
        var listed = page.Answer(versions, version => [$"{version.Number}"], position);
        var foreseen = await foresight.OfAsync(accountId, [.. listed.Items.Select(version => Rehearsed(caller, processId, version.Number))], context.RequestAborted);
        var items = listed.Items.Zip(foreseen, (version, one) => new RehearsalItem(PreviewAnswer.Of(one), version.Number, version.Deleted));
        return Answer.Of(new Listed<RehearsalItem>([.. items], listed.Next, position));
    }

    /// <summary>Never stored: its id and its fingerprint stand for nothing.</summary>
    private static IncomingCommand Rehearsed(Caller caller, Guid processId, int versionNumber) => new(
        new(
            Guid.CreateVersion7(), "//process-deployment/rehearsal", "processdeployment.redeploy-version.v1", Time: null,
            new RedeployVersion { AccountId = caller.AccountId, Actor = caller.Actor, ProcessId = processId, TargetVersion = versionNumber }, Fingerprint: default),
        Channels.Http)
    { Authority = caller.Authority };
}

/// <summary>What re-deploying a version would do now; the parents that would stay bold are told by the preview of one command.</summary>
internal sealed record RehearsalItem : PreviewAnswer
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public RehearsalItem(PreviewAnswer preview, int versionNumber, IReadOnlyList<Guid> deletedComponents)
        : base(preview) => (VersionNumber, DeletedComponents) = (versionNumber, deletedComponents);

    public int VersionNumber { get; }

    /// <summary>Components of the version that are deleted by now: it runs all the same, but cannot be built again.</summary>
    public IReadOnlyList<Guid> DeletedComponents { get; }
}
