namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>
/// What a table must hold, said a second time: as a query over the events alone. It shares nothing with the code that
/// writes the table but the events themselves, so that both can only be wrong in the same way by both being wrong.
/// </summary>
/// <param name="Table">Without its schema.</param>
/// <param name="Key">What names one of its rows within an account.</param>
/// <param name="Columns">All other columns.</param>
/// <param name="Fold">
/// A query with every column but the account, of the account <c>$1</c> until position <c>$2</c>, over the past that <see cref="Past"/> tells.
/// </param>
internal sealed record TableProof(string Table, string Key, string Columns, string Fold)
{
    /// <summary>Rows that say nothing, and that may be there or not.</summary>
    public string? Except { get; init; }

    /// <summary>Columns of which no event tells.</summary>
    public IReadOnlyList<string> Aside { get; init; } = [];

    /// <summary>Until the end of the account, not only as far as read models are: what is written with the events themselves.</summary>
    public bool IsCurrentState { get; init; }

    /// <summary>What its fold looks at besides the past, where other tables are held against the same.</summary>
    public SharedFold? Over { get; init; }

    public IReadOnlyList<string> KeyColumns => Key.Split(", ");

    /// <summary>Every column but the account.</summary>
    public IReadOnlyList<string> AllColumns => [.. KeyColumns, .. Columns.Length == 0 ? [] : Columns.Split(", ")];

    /// <summary>
    /// The rows on which table and events disagree, each with what it is and what it ought to be; the first column counts
    /// the rows of the table. A row of nulls is left where they agree.
    /// </summary>
    public string Comparison(int atMost) => $"""
        with {Past.Told},
        ought as (select {string.Join(", ", AllColumns)} from ({Fold}) f{Unless("f")}),
        held as (select {string.Join(", ", AllColumns)} from process_deployment.{Table} h where h.account_id = $1{And("h")}),
        surplus as (select * from held except select * from ought),
        lacking as (select * from ought except select * from held),
        difference as (
            select jsonb_build_object({string.Join(", ", KeyColumns.Select(key => $"'{key}', coalesce(s.{key}, l.{key})"))}) as key,
                case when l.{KeyColumns[0]} is null then null else to_jsonb(l) end as ought,
                case when s.{KeyColumns[0]} is null then null else to_jsonb(s) end as held
            from surplus s full join lacking l using ({Key}))
        select (select count(*) from held), count(*) over (), d.key::text, d.ought::text, d.held::text
        from (select) nothing left join difference d on true
        order by d.key limit {atMost}
        """;

    private string Unless(string row) => Except is null ? "" : $" where not ({Except.Replace("row.", $"{row}.", StringComparison.Ordinal)})";

    private string And(string row) => Except is null ? "" : $" and not ({Except.Replace("row.", $"{row}.", StringComparison.Ordinal)})";
}

/// <summary>What several tables are held against, told from the past once for all of them.</summary>
/// <param name="Name">What their folds call it.</param>
/// <param name="Fold">A query as that of a table.</param>
internal sealed record SharedFold(string Name, string Fold)
{
    /// <summary>Kept for the snapshot it is told in, out of sight of everybody else.</summary>
    public string Making => $"create temporary table {Name} on commit drop as with {Past.Told} {Fold}";
}
