using System.Text.Json;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Publishing;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>One entry of the audit trail with all that its event says.</summary>
internal static class OneChange
{
    private static readonly string[] Taken = [AtLeast, ParameterNames.AsOf];

    private static readonly MomentSql Sql = new(at => $"""
        select {AuditItem.Columns}, e.type, e.data::text
        from process_deployment.audit_entry a left join events.mt_events e on e.tenant_id = $1 and (e.headers ->> 'position')::bigint = a.position
        where a.account_id = $1 and a.position = $3 and {at.Reached("a.position")}
        """);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/audit/{position}", (HttpContext context, AccountQuestion asking, EventDecoder decoder) => asking.AnswerAsync(context, Taken, (asked, batch) => Ask(asked, batch, decoder)))
        .Describe("get-change", "One change, with all that its event says", Taken)
        .Produces<ChangeAnswer>()
        .MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch, EventDecoder decoder)
    {
        var wanted = asked.PathPosition("position");
        ChangeAnswer? answer = null;
        batch.Query(Sql, row => answer = new(AuditItem.Read(row)) { Data = DataOf(decoder, row.Text(AuditItem.ColumnCount), row.Text(AuditItem.ColumnCount + 1)) }, Parameters.Value(wanted));
        return position => answer is null ? Problem.NotFound($"There is no change at position {wanted}.") : Answer.Of(answer with { ShownPosition = position });
    }

    /// <summary>As it is published, so that what is withheld there is withheld here; null where it cannot be read.</summary>
    private static JsonElement? DataOf(EventDecoder decoder, string? type, string? body) =>
        type is not null && body is not null && decoder.Read(type, body, out _) is { } happened ? PublishedEvents.Body(happened) : null;
}

/// <summary>A change with its event.</summary>
internal sealed record ChangeAnswer : AuditItem
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ChangeAnswer(AuditItem item)
        : base(item)
    {
    }

    /// <summary>The event in its published form; left out where it cannot be read.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The position of the account that this shows; <c>position</c> is that of the change.</summary>
    public long ShownPosition { get; init; }
}
