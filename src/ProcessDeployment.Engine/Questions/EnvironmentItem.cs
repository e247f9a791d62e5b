using System.Text.Json.Serialization;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>An environment as lists show it.</summary>
internal sealed record EnvironmentItem
{
    public required Guid EnvironmentId { get; init; }
    public required string Name { get; init; }
    public required string Classification { get; init; }

    /// <summary>Its place; deployments that name no environment go to the first.</summary>
    public required int Order { get; init; }

    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The Atoms in it.</summary>
    public required IReadOnlyList<AtomName> Atoms { get; init; }

    /// <summary>The Processes attached to it.</summary>
    public required IReadOnlyList<ProcessInEnvironment> Processes { get; init; }

    public static EnvironmentItem Read(NpgsqlDataReader row) => new()
    {
        EnvironmentId = row.GetGuid(0),
        Name = row.GetString(1),
        Classification = row.GetString(2),
        Order = row.GetInt32(3),
        CreatedBy = row.GetString(4),
        CreatedAt = row.Time(5),
        Atoms = row.List<AtomName>(6),
        Processes = row.List<ProcessInEnvironment>(7),
    };
}

/// <summary>A Process in an environment, and the version that is current there; null while none is.</summary>
internal sealed record ProcessInEnvironment(Guid ProcessId, string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? VersionNumber);

/// <summary>The environments of an account.</summary>
/// <param name="Enabled">Whether the account uses them.</param>
/// <param name="Items">Those there are.</param>
/// <param name="Next">Always null: the list is whole.</param>
/// <param name="Position">The position of the account that this shows.</param>
internal sealed record EnvironmentsAnswer(
    bool Enabled, IReadOnlyList<EnvironmentItem> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, long Position);
