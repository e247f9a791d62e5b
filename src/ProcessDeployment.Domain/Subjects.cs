using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain;

/// <summary>The components, Processes and Atoms a command is about: how an auditor finds attempts that left no event.</summary>
public static class Subjects
{
    public static Guid[] Of(Command command) => command switch
    {
        ComponentSave c => [c.ComponentId],
        DeleteComponent c => [c.ComponentId],
        RestoreComponent c => [c.ComponentId],
        RegisterAtom c => [c.AtomId],
        RenameAtom c => [c.AtomId],
        DeleteAtom c => [c.AtomId],
        IssueAtomToken c => [c.AtomId],
        RevokeAtomToken c => [c.AtomId],
        ReportAtomStatus c => [c.AtomId],
        AcknowledgeVersion c => [c.ProcessId, c.AtomId],
        SetExtensions c => [c.ProcessId, c.AtomId],
        SetSchedules c => [c.ProcessId, c.AtomId],
        StopSchedules c => c.ProcessId is { } processId ? [processId, c.AtomId] : [c.AtomId],
        ResumeSchedules c => c.ProcessId is { } processId ? [processId, c.AtomId] : [c.AtomId],
        PauseListeners c => c.ProcessId is { } processId ? [processId, c.AtomId] : [c.AtomId],
        ResumeListeners c => c.ProcessId is { } processId ? [processId, c.AtomId] : [c.AtomId],
        RestartListeners c => c.ProcessId is { } processId ? [processId, c.AtomId] : [c.AtomId],
        RunSchedule c => [c.ProcessId, c.AtomId],
        ExecuteProcess c => [c.ProcessId, c.AtomId],
        ReportExecution c => c.ProcessId is { } processId ? [processId, c.AtomId] : [c.AtomId],
        AttachAtoms c => [c.ProcessId, .. c.AtomIds],
        DetachAtoms c => [c.ProcessId, .. c.AtomIds],
        DeployProcess c => [c.ProcessId],
        RedeployVersion c => [c.ProcessId],
        PackageProcess c => [c.ProcessId],
        LabelVersion c => [c.ProcessId],
        WithdrawVersion c => [c.ProcessId],
        DeployProcesses c => [.. c.ProcessIds],
        MoveProcess c => [c.ProcessId, .. c.FromAtomIds, .. c.ToAtomIds],
        CreateEnvironment c => [c.EnvironmentId],
        UpdateEnvironment c => [c.EnvironmentId],
        DeleteEnvironment c => [c.EnvironmentId],
        AttachAtomToEnvironment c => [c.AtomId, c.EnvironmentId],
        DetachAtomFromEnvironment c => [c.AtomId, c.EnvironmentId],
        AttachProcessToEnvironment c => [c.ProcessId, c.EnvironmentId],
        DetachProcessFromEnvironment c => [c.ProcessId, c.EnvironmentId],
        OverrideFreeze c => [.. c.ProcessIds],
        PromoteVersion c => [c.ProcessId, c.EnvironmentId],
        _ => [],
    };
}
