using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain.Executions;

/// <summary>
/// Where a Process may not run twice at a time on an Atom, a run that is asked for while another is under way is discarded,
/// and leaves its record (R40, #63). One that the Atom has not begun yet is under way too, or two would begin later. What
/// others call begins whatever the option says, and keeps nobody from beginning (R27).
/// </summary>
internal static class SimultaneousRuns
{
    private const string Discarded = "RunDiscarded";

    public static void Needs(AttachmentKey key, Account account, Needs needs)
    {
        if (!AreAllowed(key, account)) needs.RunsOf(key);
    }

    /// <summary>A run that passed the gate: what happens to it at once.</summary>
    public static Decision Begin(Account account, ExecutionRequested requested)
    {
        var key = new AttachmentKey(requested.ProcessId, requested.AtomId);
        if (AreAllowed(key, account) || Other(key, account) is not { } other) return requested;
        var why = $"{account.Component(key.ProcessId)!.Name} allows no simultaneous runs, and execution {other} is under way on {account.LiveAtom(key.AtomId)!.Name}.";
        return Decision.Accepted(requested, new ExecutionCompleted
        {
            ExecutionId = requested.ExecutionId,
            ProcessId = requested.ProcessId,
            AtomId = requested.AtomId,
            Status = ExecutionStatus.Discarded,
            Message = why,
        }).With(new Warning(Discarded, $"The run is discarded: {why}"));
    }

    /// <summary>What the version there says counts, not the latest revision. It may where nobody said anything.</summary>
    private static bool AreAllowed(AttachmentKey key, Account account) =>
        account.Manifests[new(key.ProcessId, account.Component(key.ProcessId)!.Deployment.VersionOn(key.AtomId))]!.Manifest
            .All(entry => entry.ComponentId != key.ProcessId || entry.AllowSimultaneousRuns is not false);

    private static Guid? Other(AttachmentKey key, Account account)
    {
        var stored = account.UnderWay[key].Where(id => !account.Executions.ContainsKey(id));
        var known = from execution in account.Executions.Values.OfType<Execution>()
                    where execution.ProcessId == key.ProcessId && execution.AtomId == key.AtomId && execution.Kind != ExecutionKind.SubProcess && !execution.HasEnded()
                    select execution.ExecutionId;
        return stored.Concat(known).Order().Select(id => (Guid?)id).FirstOrDefault();
    }
}
