using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Access;

/// <summary>Which privilege each command asks for; null for what no role lets anybody do: only the engine notes.</summary>
public static class CommandPrivileges
{
    public static Privilege? Of(Command command) => command switch
    {
        ComponentSave or DeleteComponent or RestoreComponent => Privilege.BuildWrite,
        AttachAtoms or DetachAtoms or MoveProcess or DeployProcess or DeployProcesses or RedeployVersion or PromoteVersion or AttachProcessToEnvironment or DetachProcessFromEnvironment => Privilege.Deploy,
        PackageProcess or LabelVersion or WithdrawVersion => Privilege.Deploy,
        SetSchedules or StopSchedules or ResumeSchedules => Privilege.Schedule,
        ExecuteProcess or CancelExecution or PauseListeners or ResumeListeners or RestartListeners => Privilege.Execute,
        RegisterAtom or RenameAtom or DeleteAtom or IssueAtomToken or RevokeAtomToken or SetExtensions => Privilege.AtomWrite,
        SetEnvironments or CreateEnvironment or UpdateEnvironment or DeleteEnvironment or AttachAtomToEnvironment or DetachAtomFromEnvironment => Privilege.EnvironmentWrite,
        SetLicences or SetLicenceEnforcement => Privilege.LicenceWrite,
        SetWebhook or DeleteWebhook => Privilege.Operate,
        SetFreeze or LiftFreeze or OverrideFreeze => Privilege.Freeze,
        SetRole or DeleteRole or SetMember or RemoveMember or IssueApiKey or RevokeApiKey or RegisterProducer or RemoveProducer or SetChangeRules => Privilege.Access,
        IReportOfAtom => Privilege.AtomWrite,
        RunSchedule or RecordOperation or RecordDenial => null,
        _ => throw new InvalidOperationException($"Nobody said what privilege {command.GetType().Name} asks for."),
    };
}
