using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Preview;

/// <summary>What a re-deployment of each version would do now, newest first (#22: a licence given back may be gone).</summary>
internal static class Rehearsals
{
    /// <summary>Of components that a version holds and that are deleted by now it still runs (#20), but it cannot be built again.</summary>
    private const string Versions = """
        select v.version_number, array(
            select (m ->> 'componentId')::uuid from jsonb_array_elements(v.manifest) m
            join process_deployment.component_history c on c.account_id = $1 and c.component_id = (m ->> 'componentId')::uuid and c.valid_to is null and c.deleted)
        from process_deployment.version_history v
        where v.account_id = $1 and v.process_id = $2 and v.version_number < $3
        order by v.version_number desc limit $4
        """;

    private const string IsProcess = """
        select from process_deployment.component_history c where c.account_id = $1 and c.component_id = $2 and c.component_type = 'process' limit 1
        """;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/processes/{id}/rehearsals", AskAsync)
        .Describe("rehearse-versions", "What re-deploying each version would do now, newest first", [ParameterNames.Cursor, ParameterNames.Take, ParameterNames.AtLeast])
        .Produces<Listed<RehearsalItem>>();

    private static async Task<IResult> AskAsync(HttpContext context, Foresight foresight, AccountQuestion asking, ICallers callers, Databases databases)
    {
        var asked = new QuestionParameters(context.Request, [ParameterNames.Cursor, ParameterNames.Take, ParameterNames.AtLeast]);
        var (processId, page, atLeast) = (asked.PathId(), Page.Of(asked, keys: 1), asked.AtLeast());
        var below = (int)Math.Min(page.NumberAfter(0, int.MaxValue), int.MaxValue);
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        var accountId = asking.AccountOf(context);
        if (await asking.BehindAsync(accountId, atLeast, context.RequestAborted) is { } behind) return behind;

        var (versions, isKnown) = (new List<(int Number, Guid[] Deleted)>(), false);
        await using (var batch = new AccountBatch(accountId))
        {
            batch.Query(Versions, row => versions.Add((row.GetInt32(0), row.GetFieldValue<Guid[]>(1))), Given.Id(processId), Given.Number(below), page.Limit);
            batch.Query(IsProcess, _ => isKnown = true, Given.Id(processId));
            await using var connection = await databases.Shared.OpenConnectionAsync(context.RequestAborted);
            await batch.RunAsync(connection, context.RequestAborted);
        }

        if (!isKnown) return Answer.Unknown("Process", processId);
        var commands = versions.ConvertAll(version => Rehearsed(
            new() { AccountId = accountId, Actor = callers.Of(context).Actor, ProcessId = processId, TargetVersion = version.Number }));
        var foreseen = await foresight.OfAsync(accountId, commands, context.RequestAborted);
        var items = versions.Zip(foreseen, (version, one) => new RehearsalItem(PreviewAnswer.Of(one), version.Number, version.Deleted)).ToList();
        return Answer.Of(page.Answer(items, item => [$"{item.VersionNumber}"], foreseen.Select(one => one.Position).FirstOrDefault(atLeast)));
    }

    /// <summary>Never sent, so that nobody asks for its id or its fingerprint.</summary>
    private static IncomingCommand Rehearsed(RedeployVersion command) =>
        new(new(Guid.CreateVersion7(), "//process-deployment/rehearsal", "processdeployment.redeploy-version.v1", Time: null, command, Fingerprint: default), Channels.Http);
}

/// <summary>What re-deploying a version would do now.</summary>
internal sealed record RehearsalItem : PreviewAnswer
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public RehearsalItem(PreviewAnswer preview, int versionNumber, IReadOnlyList<Guid> deletedComponents)
        : base(preview) => (VersionNumber, DeletedComponents) = (versionNumber, deletedComponents);

    public int VersionNumber { get; }

    /// <summary>Components of the version that are deleted by now: it runs all the same, but cannot be built again.</summary>
    public IReadOnlyList<Guid> DeletedComponents { get; }
}
