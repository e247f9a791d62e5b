using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;

namespace ProcessDeployment.Domain.Processes;

/// <summary>The refusals that commands to a Process share.</summary>
internal static class ProcessRules
{
    private static readonly string[] InOrder = [RefusalCodes.UnknownProcess, RefusalCodes.NotAProcess, RefusalCodes.ComponentDeleted];

    /// <summary>Why this is not a live Process; null when it is one.</summary>
    public static Refusal? NotLive(Guid processId, Account account) => account.Component(processId) switch
    {
        null => new(RefusalCodes.UnknownProcess, $"There is no Process {processId}.", new ProcessesDetails([processId])),
        { } component when !component.IsProcess() => new(RefusalCodes.NotAProcess, $"{component.Name} is a {component.ComponentType}, not a Process.", new ProcessesDetails([processId])),
        { Deleted: true } => ComponentRules.Deleted(processId),
        _ => null,
    };

    /// <summary>A deleted Process still has a history for the attempt to be kept in; what is no Process has none.</summary>
    public static bool IsThere(Refusal notLive) => string.Equals(notLive.Code, RefusalCodes.ComponentDeleted, StringComparison.Ordinal);

    /// <summary>Of several: the first reason in that order, with every Process it stands against.</summary>
    public static Refusal? NotLive(IEnumerable<Guid> processIds, Account account)
    {
        var worst = processIds
            .Select(processId => (ProcessId: processId, Refusal: NotLive(processId, account)))
            .Where(judged => judged.Refusal is not null)
            .GroupBy(judged => judged.Refusal!.Code, StringComparer.Ordinal)
            .MinBy(reason => Array.IndexOf(InOrder, reason.Key))?.ToList();
        return worst is null ? null : worst[0].Refusal! with
        {
            Message = string.Join(" ", worst.Select(judged => judged.Refusal!.Message)),
            Details = new ProcessesDetails([.. worst.Select(judged => judged.ProcessId)]),
        };
    }

    public static Refusal? Expected(int? expectedVersion, int current) =>
        expectedVersion is { } expected && expected != current
            ? new(RefusalCodes.ExpectedVersion, $"The current version is {current}, not {expected}.", new ExpectationDetails(expected, current))
            : null;

    public static Refusal? ExpectedRevision(int? expectedRevision, int latest) =>
        expectedRevision is { } expected && expected != latest
            ? new(RefusalCodes.ExpectedRevision, $"The latest revision is {latest}, not {expected}.", new ExpectationDetails(expected, latest))
            : null;

    /// <summary>Trimmed, of control characters only newlines and tabs kept; null when nothing is left (#32).</summary>
    public static string? Note(string? note)
    {
        var kept = string.Concat((note ?? "").Where(c => !char.IsControl(c) || c is '\n' or '\t')).Trim();
        return kept.Length == 0 ? null : kept;
    }
}
