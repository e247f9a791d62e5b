using System.Text.Json.Serialization;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>A version, as the contract has it; names are those of its time.</summary>
internal record VersionItem
{
    public const int ColumnCount = 17;

    /// <summary>Read from <c>v</c>, a version.</summary>
    public static string Columns(Moment at) => $"""
        v.version_number, v.deployed_at, v.deployed_by, v.note, v.reason, v.redeploy_of, v.identical_to, {IsCurrent(at)}, v.digest, v.content_digest, v.manifest,
        (select jsonb_agg(jsonb_build_object('environmentId', t.value -> 'environmentId', 'atomIds', t.value -> 'atomIds', 'atoms', coalesce((
            select jsonb_agg(jsonb_build_object('atomId', a.atom_id, 'name', a.name) order by a.name, a.atom_id)
            from jsonb_array_elements_text(t.value -> 'atomIds') i
            cross join lateral (
                select h.atom_id, h.name from process_deployment.atom_history h
                where h.account_id = v.account_id and h.atom_id = i::uuid and h.valid_from <= v.valid_from
                order by h.valid_from desc limit 1) a), '[]')) order by t.ordinality)
         from jsonb_array_elements(v.targets) with ordinality t),
        (select jsonb_agg(jsonb_build_object('environmentId', e.environment_id, 'name', n.name) order by n.place, e.environment_id)
         from process_deployment.environment_version e
         {at.Environment("n", "e.environment_id")}
         where e.account_id = $1 and e.process_id = v.process_id and e.version_number = v.version_number and {at.Holds("e")}),
        jsonb_array_length(v.audit -> 'netNew'), jsonb_array_length(v.audit -> 'freed'),
        case when {at.Reached("v.label_from")} then v.label end, v.withdrawn_from is not null and {at.Reached("v.withdrawn_from")}
        """;

    /// <summary>The latest is; a package only once it is current in an environment, or environments are given up.</summary>
    private static string IsCurrent(Moment at) => $"""
        {at.Holds("v")} and (v.targets <> '[]'
            or exists (select from process_deployment.environment_version e where e.account_id = $1 and e.process_id = v.process_id and e.version_number = v.version_number and {at.Holds("e")})
            or not exists (select from process_deployment.environment_use_history u where u.account_id = $1 and u.enabled and {at.Holds("u")}))
        """;

    public required int VersionNumber { get; init; }

    /// <summary>What people call it; left out where it has none.</summary>
    public string? Label { get; init; }

    /// <summary>It is not deployed again, and not promoted; left out where it may be.</summary>
    public bool? Withdrawn { get; init; }

    public required DateTimeOffset DeployedAt { get; init; }
    public required string DeployedBy { get; init; }
    public string? Note { get; init; }
    public string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? RedeployOf { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? IdenticalTo { get; init; }

    public required bool Current { get; init; }

    /// <summary>The environments in which it is current; left out where it is in none.</summary>
    public IReadOnlyList<EnvironmentName>? Environments { get; init; }

    public required string Digest { get; init; }
    public required string ContentDigest { get; init; }

    /// <summary>How it differs from the version before.</summary>
    public VersionChanges? Changes { get; init; }

    /// <summary>How many connection licences its deployment took and gave back.</summary>
    public required LicencesMoved Licences { get; init; }

    public required IReadOnlyList<PinnedItem> Manifest { get; init; }
    public required IReadOnlyList<VersionTarget> Targets { get; init; }

    public static VersionItem Read(NpgsqlDataReader row) => new()
    {
        VersionNumber = row.GetInt32(0),
        Label = row.Text(15),
        Withdrawn = row.GetBoolean(16) ? true : null,
        DeployedAt = row.Time(1),
        DeployedBy = row.GetString(2),
        Note = row.Text(3),
        Reason = row.Text(4),
        RedeployOf = row.Number(5),
        IdenticalTo = row.Number(6),
        Current = row.GetBoolean(7),
        Digest = row.GetString(8),
        ContentDigest = row.GetString(9),
        Manifest = row.List<PinnedItem>(10),
        Targets = row.List<VersionTarget>(11),
        Licences = new(row.Number(13) ?? 0, row.Number(14) ?? 0),
        Environments = row.List<EnvironmentName>(12) is { Length: > 0 } environments ? environments : null,
    };

    public VersionItem ComparedWith(VersionItem? earlier)
    {
        var before = earlier?.Manifest.ToDictionary(entry => entry.ComponentId, entry => entry.Revision) ?? [];
        var kept = Manifest.Count(entry => before.ContainsKey(entry.ComponentId));
        return this with
        {
            Changes = new(
                Added: Manifest.Count - kept,
                Changed: Manifest.Count(entry => before.TryGetValue(entry.ComponentId, out var revision) && revision != entry.Revision),
                Removed: before.Count - kept),
        };
    }
}

/// <summary>How many components of a version differ from the version before.</summary>
internal sealed record VersionChanges(int Added, int Changed, int Removed);

/// <summary>How many connection licences were taken and given back.</summary>
internal sealed record LicencesMoved(int Taken, int Freed);

/// <summary>A component as a version holds it.</summary>
internal sealed record PinnedItem(Guid ComponentId, string ComponentType, string Name, int Revision);

/// <summary>Where a version became current.</summary>
internal sealed record VersionTarget(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? EnvironmentId, IReadOnlyList<Guid> AtomIds, IReadOnlyList<AtomName> Atoms);

/// <summary>An environment by its name at the moment that is asked about.</summary>
internal sealed record EnvironmentName(Guid EnvironmentId, string Name);
