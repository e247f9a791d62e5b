using System.Text.Json.Serialization;

namespace ProcessDeployment.Engine.Questions;

/// <summary>An event and what it made of a Process.</summary>
internal sealed record ReplayStep
{
    public required AuditItem Event { get; init; }

    /// <summary>The Process as the list showed it before; null while it was not in the list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ProcessItem? Before { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ProcessItem? After { get; init; }

    /// <summary>Whether the bold flag is another than before.</summary>
    public bool BoldChanged => (Before?.RevisedSinceDeploy ?? false) != (After?.RevisedSinceDeploy ?? false);

    /// <summary>The reasons to be bold that are new with this event.</summary>
    public required IReadOnlyList<Reason> Appeared { get; init; }

    /// <summary>Those that ended with it.</summary>
    public required IReadOnlyList<Reason> Gone { get; init; }

    public static ReplayStep Of(AuditItem happened, ProcessItem? before, ProcessItem? after)
    {
        IReadOnlyList<Reason> were = before?.Reasons ?? [], are = after?.Reasons ?? [];
        return new() { Event = happened, Before = before, After = after, Appeared = [.. are.Except(were)], Gone = [.. were.Except(are)] };
    }
}
