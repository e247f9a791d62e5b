using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Environments;

namespace ProcessDeployment.Domain.Access;

/// <summary>Where a command has its effect: the environment for which a role or a rule may be, and what runs there.</summary>
internal static class AccessScope
{
    /// <summary>Whether it can have its effect in one environment more than in others. What is built is of the whole account: saves, most of all commands, look up nothing for this.</summary>
    public static bool IsSomewhere(Command command) => command is not (ComponentSave or DeleteComponent or RestoreComponent);

    /// <summary>Asks for what <see cref="Of"/> looks at.</summary>
    public static void Needs(Command command, Account account, Needs needs)
    {
        if (command is CancelExecution cancel) needs.Execution(cancel.ExecutionId);
        if (AtomOf(command, account) is { } atomId) needs.Atom(atomId);
        needs.AllEnvironments();
    }

    /// <summary>Every environment it has an effect in: whoever takes an Atom from one to another must be let in both. Empty for the whole account.</summary>
    public static IReadOnlyList<Guid> All(Command command, Account account)
    {
        if (Of(command, account) is not { } here) return [];
        return command is AttachAtomToEnvironment attach && account.LiveAtom(attach.AtomId)?.EnvironmentId is { } former && former != here ? [here, former] : [here];
    }

    /// <summary>The environment; null for the whole account, and where it is known to nobody.</summary>
    public static Guid? Of(Command command, Account account) => command switch
    {
        _ when !account.KnownEnvironments().Enabled => null,
        DeployProcess c => EnvironmentRules.Target(c.EnvironmentId, account).EnvironmentId,
        DeployProcesses c => EnvironmentRules.Target(c.EnvironmentId, account).EnvironmentId,
        RedeployVersion c => EnvironmentRules.Target(c.EnvironmentId, account).EnvironmentId,
        PromoteVersion c => c.EnvironmentId,
        AttachProcessToEnvironment c => c.EnvironmentId,
        DetachProcessFromEnvironment c => c.EnvironmentId,
        AttachAtomToEnvironment c => c.EnvironmentId,
        DetachAtomFromEnvironment c => c.EnvironmentId,
        UpdateEnvironment c => c.EnvironmentId,
        _ => AtomOf(command, account) is { } atomId ? account.LiveAtom(atomId)?.EnvironmentId : null,
    };

    /// <summary>Whether it changes what runs in production. Without environments all there is counts as production (R34).</summary>
    public static bool IsProduction(Guid? environmentId, Account account) =>
        environmentId is not { } id || account.KnownEnvironments().Live(id) is not { Classification: Classification.Test };

    /// <summary>The Processes of which a command changes what runs; empty for every other command.</summary>
    public static IReadOnlyList<Guid> Changed(Command command) => command switch
    {
        DeployProcess c => [c.ProcessId],
        DeployProcesses c => c.ProcessIds,
        RedeployVersion c => [c.ProcessId],
        PromoteVersion c => [c.ProcessId],
        AttachAtoms c => [c.ProcessId],
        DetachAtoms c => [c.ProcessId],
        MoveProcess c => [c.ProcessId],
        AttachProcessToEnvironment c => [c.ProcessId],
        DetachProcessFromEnvironment c => [c.ProcessId],
        _ => [],
    };

    /// <summary>The Processes of which another version runs somewhere after the command. Taking something away is no such change: in a freeze too one must be able to stop what does harm.</summary>
    public static IReadOnlyList<Guid> Brought(Command command) => command is DetachAtoms or DetachProcessFromEnvironment ? [] : Changed(command);

    private static Guid? AtomOf(Command command, Account account) => command switch
    {
        SetExtensions c => c.AtomId,
        SetSchedules c => c.AtomId,
        StopSchedules c => c.AtomId,
        ResumeSchedules c => c.AtomId,
        PauseListeners c => c.AtomId,
        ResumeListeners c => c.AtomId,
        RestartListeners c => c.AtomId,
        ExecuteProcess c => c.AtomId,
        RenameAtom c => c.AtomId,
        DeleteAtom c => c.AtomId,
        IssueAtomToken c => c.AtomId,
        RevokeAtomToken c => c.AtomId,
        AttachAtomToEnvironment c => c.AtomId,
        CancelExecution c => account.Executions.GetValueOrDefault(c.ExecutionId)?.AtomId,
        IReportOfAtom c => c.AtomId,
        _ => null,
    };
}
