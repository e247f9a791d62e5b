using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>An Atom as lists show it.</summary>
internal record AtomItem
{
    public const int ColumnCount = 8;

    /// <summary>Read from <c>a</c>, a state of an Atom.</summary>
    public const string Columns = "a.atom_id, a.name, a.host_name, a.atom_type, a.time_zone, a.registered_by, a.registered_at, a.status";

    public const string NameKey = """lower(a.name collate "C")""";

    public const string Order = $"{NameKey}, a.atom_id";

    public required Guid AtomId { get; init; }
    public required string Name { get; init; }
    public string? HostName { get; init; }
    public required string AtomType { get; init; }
    public required string TimeZone { get; init; }
    /// <summary>What it said last of itself.</summary>
    public required string Status { get; init; }

    public required string RegisteredBy { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }

    public static AtomItem Read(NpgsqlDataReader row) => new()
    {
        AtomId = row.GetGuid(0),
        Name = row.GetString(1),
        HostName = row.Text(2),
        AtomType = row.GetString(3),
        TimeZone = row.GetString(4),
        RegisteredBy = row.GetString(5),
        RegisteredAt = row.Time(6),
        Status = row.GetString(7),
    };
}
