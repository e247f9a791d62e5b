using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>One Atom, deleted ones too.</summary>
internal static class OneAtom
{
    private static readonly MomentSql Sql = new(at => $"""
        select {AtomItem.Columns}, a.deleted, a.changed_by, a.changed_at, n.attached, n.deployed
        from (select 1) t {at.Atom("a", "$3")}
        cross join lateral (
            select count(*) as attached, count(*) filter (where {at.IsEffective("t")}) as deployed
            from process_deployment.attachment t
            where t.account_id = $1 and t.atom_id = $3 and {at.Holds("t")}) n
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<AtomAnswer>("/atoms/{id}", "get-atom", "One Atom, deleted ones too", [], Ask).MayBeUnknown();

    private static readonly MomentSql Known = new(at => $"select 1 from (select 1) t {at.Atom("a", "$3")}");

    /// <summary>Adds the look-up whether there is such an Atom, for questions about one.</summary>
    public static Func<bool> IsKnown(QuestionBatch batch, Guid atomId)
    {
        var known = false;
        batch.Query(Known, _ => known = true, Given.Id(atomId));
        return () => known;
    }

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var atomId = asked.PathId();
        AtomAnswer? answer = null;
        batch.Query(
            Sql,
            row =>
            {
                var deleted = row.GetBoolean(AtomItem.ColumnCount);
                answer = new(AtomItem.Read(row))
                {
                    Deleted = deleted,
                    DeletedBy = deleted ? row.GetString(AtomItem.ColumnCount + 1) : null,
                    DeletedAt = deleted ? row.Time(AtomItem.ColumnCount + 2) : null,
                    AttachedProcesses = row.GetInt64(AtomItem.ColumnCount + 3),
                    DeployedProcesses = row.GetInt64(AtomItem.ColumnCount + 4),
                };
            },
            Given.Id(atomId));
        return position => answer is null ? Answer.Unknown("Atom", atomId) : Answer.Of(answer with { Position = position });
    }
}

/// <summary>An Atom.</summary>
internal sealed record AtomAnswer : AtomItem
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public AtomAnswer(AtomItem item)
        : base(item)
    {
    }

    public bool Deleted { get; init; }
    public string? DeletedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>How many Processes are attached; those without a version are not deployed.</summary>
    public long AttachedProcesses { get; init; }

    public long DeployedProcesses { get; init; }
    public long Position { get; init; }
}
