using System.Globalization;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>What differs between two sides of a Process.</summary>
internal sealed record DiffAnswer
{
    public required Guid ProcessId { get; init; }

    /// <summary>The number of a version, or <c>latest</c>.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>The components that differ, by name.</summary>
    public required IReadOnlyList<ComponentDiff> Components { get; init; }

    /// <summary>How many are the same on both sides.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Components that are deleted or were never saved and stand in the way of a deploy.</summary>
    public required IReadOnlyList<MissingComponent> Missing { get; init; }

    public long Position { get; init; }
}

/// <summary>A component that differs.</summary>
internal sealed record ComponentDiff
{
    public required Guid ComponentId { get; init; }
    public required string ComponentType { get; init; }
    public required string Name { get; init; }

    /// <summary>Its name on the other side, where that was another.</summary>
    public string? FromName { get; init; }

    /// <summary><c>added</c>, <c>removed</c>, <c>changed</c>, or <c>identical</c>: another revision with the same content.</summary>
    public required string Change { get; init; }

    public int? FromRevision { get; init; }
    public int? ToRevision { get; init; }

    /// <summary>Who saved the revision it came to, and when.</summary>
    public string? By { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>The difference of the contents as a unified diff.</summary>
    public string? Diff { get; init; }

    /// <summary>Why there is no diff although the contents differ.</summary>
    public string? DiffLeftOut { get; init; }

    /// <summary>The contents were laid out in lines before they were compared.</summary>
    public bool? Formatted { get; init; }
}

internal sealed record MissingComponent(Guid ComponentId, string? Name);

/// <summary>Makes the answer of the rows.</summary>
internal sealed class DiffRows
{
    private readonly List<ComponentDiff> _components = [];
    private readonly List<MissingComponent> _missing = [];
    private readonly ContentDiff _contents = new();
    private int _unchanged;
    private int? _from;

    public bool InBefore { get; private set; }

    public bool InAfter { get; private set; }

    public void Read(NpgsqlDataReader row)
    {
        (InBefore, InAfter, _from) = (row.GetBoolean(15), row.GetBoolean(16), row.Number(17));
        // Nothing to compare: the sides are there, but not the component that was asked for.
        if (row.IsDBNull(0)) return;
        var (componentId, before, after) = (row.GetGuid(0), row.Number(4), row.Number(5));
        if (row.GetBoolean(8)) _missing.Add(new(componentId, row.Text(3) ?? row.Text(2)));
        else if (before == after) _unchanged++;
        else _components.Add(Compare(row, componentId, before, after));
    }

    public DiffAnswer ToAnswer(Guid processId, string from, string to) =>
        new() { ProcessId = processId, From = _from is { } number ? number.ToString(CultureInfo.InvariantCulture) : from, To = to, Components = _components, Unchanged = _unchanged, Missing = _missing };

    private ComponentDiff Compare(NpgsqlDataReader row, Guid componentId, int? before, int? after)
    {
        var (beforeName, afterName) = (row.Text(2), row.Text(3));
        var differs = before is not null && after is not null && row.GetString(6) != row.GetString(7);
        var difference = differs
            ? _contents.Between(
                new($"{beforeName} (revision {before})", row.Text(13), row.Number(11)), new($"{afterName} (revision {after})", row.Text(14), row.Number(12)))
            : null;
        return new()
        {
            ComponentId = componentId,
            ComponentType = row.GetString(1),
            Name = afterName ?? beforeName!,
            FromName = beforeName is not null && afterName is not null && beforeName != afterName ? beforeName : null,
            Change = before is null ? "added" : after is null ? "removed" : differs ? "changed" : "identical",
            FromRevision = before,
            ToRevision = after,
            By = row.Text(9),
            At = row.TimeIfAny(10),
            Diff = difference?.Text,
            DiffLeftOut = difference?.LeftOut,
            Formatted = difference?.Formatted,
        };
    }
}
