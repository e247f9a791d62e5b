using System.Text.Json.Serialization;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>An extension of a Process and what it is set to on an Atom.</summary>
internal sealed record ExtensionItem
{
    private const string IsSet = "Set";
    private const string IsDefault = "Default";
    private const string NeedsValue = "NeedsValue";

    /// <summary>Of the version that is effective there, or would be. Once secret, always hidden: one that is declared so today, and one that was when it was set.</summary>
    private static readonly MomentSql Sql = new(at => $"""
        select coalesce(d.key, e.key), d.label, coalesce(d.secret, false) or coalesce(e.secret, false), e.value, e.use_default, d.key is null, e.set_by, e.set_at
        from (
            select x.declared ->> 'key' as key, x.declared ->> 'label' as label, (x.declared ->> 'secret')::boolean as secret, x.place
            from (select 1) one
            left join process_deployment.attachment a on a.account_id = $1 and a.process_id = $3 and a.atom_id = $4 and {at.Holds("a")}
            cross join lateral (select $3 as process_id, a.environment_id) t
            {at.EffectiveVersion("v", "t")}
            cross join jsonb_array_elements(v.extensions) with ordinality x(declared, place)) d
        full join (
            select * from process_deployment.extension_value e where e.account_id = $1 and e.process_id = $3 and e.atom_id = $4 and {at.Holds("e")}) e on e.key = d.key
        order by d.place nulls last, e.key collate "C"
        """);

    public required string Key { get; init; }

    /// <summary>What people see; left out where the version there does not declare it.</summary>
    public string? Label { get; init; }

    /// <summary>Its value is never shown, only whether it is set.</summary>
    public required bool Secret { get; init; }

    /// <summary>Null where the default is used, nothing is set, or the value is secret.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Value { get; init; }

    /// <summary><c>Set</c>, <c>Default</c> (the Process's own value is used) or <c>NeedsValue</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Kept for a version that declares it: the one there does not (#66).</summary>
    public required bool Orphaned { get; init; }

    public string? SetBy { get; init; }
    public DateTimeOffset? SetAt { get; init; }

    /// <summary>Adds the look-up; the list is filled when it runs.</summary>
    public static IReadOnlyList<ExtensionItem> Query(QuestionBatch batch, Guid processId, Guid atomId)
    {
        var items = new List<ExtensionItem>();
        batch.Query(Sql, row => items.Add(Read(row)), Given.Id(processId), Given.Id(atomId));
        return items;
    }

    private static ExtensionItem Read(NpgsqlDataReader row) => new()
    {
        Key = row.GetString(0),
        Label = row.Text(1),
        Secret = row.GetBoolean(2),
        Value = row.GetBoolean(2) ? null : row.Text(3),
        Status = row.IsDBNull(4) ? NeedsValue : row.GetBoolean(4) ? IsDefault : IsSet,
        Orphaned = row.GetBoolean(5),
        SetBy = row.Text(6),
        SetAt = row.TimeIfAny(7),
    };
}
