using System.Globalization;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// Who did what when, newest first: every event, and every refused command that left none. Attempts stand behind the event
/// after which they were made. Both halves stop as soon as a page is full.
/// </summary>
internal static class Audit
{
    /// <summary>Times never go back within an account, so a period is a range of positions.</summary>
    private static string Events(Moment at, bool byAtom) => $"""
        select 0 as attempt, {AuditItem.Columns}
        from process_deployment.audit_entry a {(byAtom ? "join process_deployment.audit_atom w on w.account_id = $1 and w.atom_id = $11 and w.position = a.position" : "")}
        where a.account_id = $1 and a.position <= $3 and {at.Reached("a.position")}
            and ($7 is null or a.position >= (
                select f.position from process_deployment.audit_entry f where f.account_id = $1 and f.time >= $7 order by f.time, f.position limit 1))
            and ($8 is null or a.position <= (
                select t.position from process_deployment.audit_entry t where t.account_id = $1 and t.time < $8 order by t.time desc, t.position desc limit 1))
            and ($9 is null or a.component_id = $9) and ($10 is null or a.component_id = $10)
            and ($12 is null or a.actor = $12) and ($13 is null or a.type = any($13))
            and ($14 is null or concat_ws(' ', a.name, a.summary, a.reason) ~ $14)
        order by a.position desc limit $15
        """;

    private static string Attempts(Moment at) => $"""
        select 1 as attempt, o.position, o.decided_at as time, o.actor, o.type, 'refused' as outcome, n.name, o.refusal_message as summary, o.reason, o.command_id,
            null::text as correlation_id, o.command_id::text as causation_id, o.channel, o.source, null::text as stream, null::uuid as component_id, o.refusal_code, null::jsonb as skipped
        from process_deployment.command_outcome o
        left join lateral (
            select h.name from process_deployment.component_history h
            where h.account_id = $1 and h.component_id = o.subjects[1] and h.valid_from <= o.position order by h.valid_from desc limit 1) n on true
        where o.account_id = $1 and o.status = 'refused' and o.event_count = 0
            and o.position <= {at.Position}
            and (o.position, o.decided_at, o.command_id) < ($4, $5, $6)
            and ($7 is null or o.decided_at >= $7) and ($8 is null or o.decided_at < $8)
            and ($9 is null or o.subjects @> array[$9]) and ($10 is null or o.subjects @> array[$10]) and ($11 is null or o.subjects @> array[$11])
            and ($12 is null or o.actor = $12) and ($13 is null or o.type = any($13))
            and ($14 is null or concat_ws(' ', n.name, o.refusal_message, o.reason) ~ $14)
        order by o.position desc, o.decided_at desc, o.command_id desc limit $15
        """;

    private static MomentSql Sql(bool byAtom, bool attempts) => new(at => $"""
        select * from (({Events(at, byAtom)}) {(attempts ? $"union all ({Attempts(at)})" : "")}) e
        order by e.position desc, e.attempt desc, e.time desc, e.command_id desc limit $15
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<AuditItem>>(
        "/audit", "list-audit-entries", "The audit trail, newest first, refused attempts included",
        [From, To, ParameterNames.Process, Component, Atom, Actor, ParameterNames.Type, Text, Cursor, Take], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var page = Page.Of(asked, keys: 4);
        var types = asked.Text(ParameterNames.Type) is { } type ? asked.Names.Called(type) : null;
        var items = new List<AuditItem>();
        batch.Query(
            Sql(byAtom: asked.Has(Atom), attempts: types is null || !asked.Names.AreEvents(types)),
            row => items.Add(AuditItem.Read(row, from: 1)),
            [.. After(page), .. Filters(asked, types), page.Limit]);
        return position => Answer.Of(page.Answer(items, KeyOf, position));
    }

    /// <summary>Where the halves go on: after an event come the attempts before it, after an attempt its own event.</summary>
    private static NpgsqlParameter[] After(Page page)
    {
        var (position, attempt) = (page.NumberAfter(0, long.MaxValue), page.NumberAfter(1, 1) == 1);
        var ticks = page.NumberAfter(2, DateTime.MaxValue.Ticks);
        var time = new DateTimeOffset(Math.Min(ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);
        return
        [
            Parameters.Value(attempt ? position : position - 1),
            Parameters.Value(position),
            Given.Time(attempt ? time : DateTimeOffset.UnixEpoch),
            Given.Id(attempt ? page.IdAfter(3) : Guid.Empty),
        ];
    }

    private static NpgsqlParameter[] Filters(QuestionParameters asked, string[]? types)
    {
        var (from, to) = (asked.Time(From), asked.Time(To));
        if (from > to) asked.Refuse(To, "must not be before from");
        // Attempts stand behind the event before them and have only their time.
        if (asked.PastTime is { Year: < 9999 } past && !(to <= past)) to = past.AddMicroseconds(1);
        return
        [
            Given.Time(from),
            Given.Time(to),
            Given.Id(asked.Id(ParameterNames.Process)),
            Given.Id(asked.Id(Component)),
            Given.Id(asked.Id(Atom)),
            Given.Text(asked.Text(Actor)),
            Given.Texts(types),
            Given.Text(asked.Text(Text) is { } text ? TextPattern.EitherCase(text) : null),
        ];
    }

    private static string[] KeyOf(AuditItem item) =>
    [
        item.Position.ToString(CultureInfo.InvariantCulture),
        item.RefusalCode is null ? "0" : "1",
        item.Time.UtcTicks.ToString(CultureInfo.InvariantCulture),
        $"{item.CommandId}",
    ];
}
