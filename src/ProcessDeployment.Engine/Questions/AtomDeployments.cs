using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>What runs on an Atom: attached, and a version exists; neither alone is enough (#1, R5).</summary>
internal static class AtomDeployments
{
    private static readonly MomentSql Sql = new(at => $"""
        with page as materialized (
            select n.process_id, n.name_key, t.attached_at, t.attached_by, t.atom_id, t.valid_from, t.environment_id
            from process_deployment.attachment t
            {at.ProcessName("n", "t.process_id")}
            where t.account_id = $1 and t.atom_id = $3 and {at.Holds("t")}
                and ($4 is null or {at.Revised("n")} = $4) and ($5 is null or n.name_key like $5) and (n.name_key, n.process_id) > ($6, $7)
                and {at.IsEffective("t")}
            order by n.name_key, n.process_id limit $8)
        select l.process_id, l.name, v.version_number, greatest(t.attached_at, v.deployed_at), v.deployed_by, v.note, l.revised, t.name_key,
            v.deployed_at, v.reason, t.attached_by, t.attached_at, v.digest, case when $9 then v.manifest end, {Download.Columns("v.version_number")}
        from page t
        {at.Process("l", "t.process_id")}
        {at.EffectiveVersion("v", "t")}
        {Download.Join(at)}
        order by t.name_key, t.process_id
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<DeploymentItem>>(
        "/atoms/{id}/deployments", "list-deployments", "What runs on an Atom", [Revised, Text, Manifest, Cursor, Take], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var atomId = asked.PathId();
        var page = Page.Of(asked, keys: 2);
        var whole = asked.Flag(Manifest) ?? false;
        var isKnown = OneAtom.IsKnown(batch, atomId);
        var (items, keys) = (new List<DeploymentItem>(), new Dictionary<Guid, string>());
        batch.Query(
            Sql,
            row =>
            {
                var item = new DeploymentItem(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.Time(3), row.GetString(4), row.Text(5), row.GetBoolean(6), Download.Read(row, 14));
                items.Add(whole ? Whole(item, row) : item);
                keys[items[^1].ProcessId] = row.GetString(7);
            },
            Given.Id(atomId),
            Given.Flag(asked.Flag(Revised)),
            Given.Text(asked.Text(Text) is { } text ? TextPattern.Like(NameKey.Of(text)) : null),
            Given.Text(page.TextAfter(0)),
            Given.Id(page.IdAfter(1)),
            page.Limit,
            Given.Flag(whole));
        return position => isKnown() ? Answer.Of(page.Answer(items, item => [keys[item.ProcessId], $"{item.ProcessId}"], position)) : Answer.Unknown("Atom", atomId);
    }

    private static DeploymentItem Whole(DeploymentItem item, NpgsqlDataReader row) => item with
    {
        DeployedAt = row.Time(8),
        Reason = row.Text(9),
        AttachedBy = row.GetString(10),
        AttachedAt = row.Time(11),
        Digest = row.GetString(12),
        Manifest = row.List<PinnedItem>(13),
    };
}

/// <summary>A Process on an Atom, as the contract has it.</summary>
/// <param name="ProcessId">The Process.</param>
/// <param name="Name">Its name at the moment that is asked about.</param>
/// <param name="VersionNumber">The version that is effective.</param>
/// <param name="Since">Since when it is effective there: the later of attaching and deploying.</param>
/// <param name="DeployedBy">Who deployed it.</param>
/// <param name="Note">What was noted then.</param>
/// <param name="RevisedSinceDeploy">The bold flag.</param>
/// <param name="Download">How far the Atom is with it.</param>
internal sealed record DeploymentItem(Guid ProcessId, string Name, int VersionNumber, DateTimeOffset Since, string DeployedBy, string? Note, bool RevisedSinceDeploy, Download Download)
{
    /// <summary>This and the rest only where the manifest was asked for.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>The reason that was given with the deploy.</summary>
    public string? Reason { get; init; }

    public string? AttachedBy { get; init; }
    public DateTimeOffset? AttachedAt { get; init; }
    public string? Digest { get; init; }

    /// <summary>What the version holds, by the names of its time.</summary>
    public IReadOnlyList<PinnedItem>? Manifest { get; init; }
}
