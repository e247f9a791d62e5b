using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The deployment history of a Process, newest first, deleted ones too.</summary>
internal static class Versions
{
    private static readonly MomentSql Sql = new(at => $"""
        select {VersionItem.Columns(at)}
        from process_deployment.version_history v
        where v.account_id = $1 and v.process_id = $3 and v.version_number < $4 and {at.Reached("v.valid_from")}
        order by v.version_number desc limit $5
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<VersionItem>>(
        "/processes/{id}/versions", "list-versions", "The versions of a Process, newest first", [Cursor, Take], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var processId = asked.PathId();
        var page = Page.Of(asked, keys: 1);
        var isKnown = OneProcess.IsKnown(batch, processId);
        var versions = new List<VersionItem>();
        batch.Query(
            Sql,
            row => versions.Add(VersionItem.Read(row)),
            Given.Id(processId),
            Given.Number((int)Math.Min(page.NumberAfter(0, int.MaxValue), int.MaxValue)),
            page.Limit);
        return position =>
        {
            if (!isKnown()) return Answer.Unknown("Process", processId);
            // The one that was read only to know whether there are more is what the last one is compared with.
            for (var i = 0; i + 1 < versions.Count; i++) versions[i] = versions[i].ComparedWith(versions[i + 1]);
            if (versions.Count is var count and > 0 && versions[^1].VersionNumber == 1) versions[count - 1] = versions[^1].ComparedWith(null);
            return Answer.Of(page.Answer(versions, version => [$"{version.VersionNumber}"], position));
        };
    }
}
