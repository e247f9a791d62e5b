using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Listeners;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Webhooks;

namespace ProcessDeployment.Domain;

/// <summary>The way in: finds the decider of a command. First ask what it needs until that is nothing, then let it decide.</summary>
public static class Decider
{
    /// <summary>Adds what the command still has to look up.</summary>
    public static void Needs(Command command, Account account, Needs needs)
    {
        AccessRules.Needs(command, account, needs);
        switch (command)
        {
            case ComponentSave save: SaveComponentDecider.Needs(save, account, needs); break;
            case DeleteComponent delete: DeleteComponentDecider.Needs(delete, account, needs); break;
            case RestoreComponent restore: RestoreComponentDecider.Needs(restore, account, needs); break;
            case RegisterAtom register: RegisterAtomDecider.Needs(register, needs); break;
            case RenameAtom rename: RenameAtomDecider.Needs(rename, needs); break;
            case DeleteAtom delete: DeleteAtomDecider.Needs(delete, account, needs); break;
            case IssueAtomToken issue: IssueAtomTokenDecider.Needs(issue, needs); break;
            case RevokeAtomToken revoke: RevokeAtomTokenDecider.Needs(revoke, needs); break;
            case ReportAtomStatus report: ReportAtomStatusDecider.Needs(report, needs); break;
            case AcknowledgeVersion acknowledge: AcknowledgeVersionDecider.Needs(acknowledge, account, needs); break;
            case SetExtensions set: SetExtensionsDecider.Needs(set, account, needs); break;
            case SetSchedules set: SetSchedulesDecider.Needs(set, account, needs); break;
            case StopSchedules stop: StopSchedulesDecider.Needs(stop, account, needs); break;
            case ResumeSchedules resume: ResumeSchedulesDecider.Needs(resume, account, needs); break;
            case PauseListeners pause: PauseListenersDecider.Needs(pause, account, needs); break;
            case ResumeListeners resume: ResumeListenersDecider.Needs(resume, account, needs); break;
            case RestartListeners restart: RestartListenersDecider.Needs(restart, account, needs); break;
            case RunSchedule run: RunScheduleDecider.Needs(run, account, needs); break;
            case ExecuteProcess execute: ExecuteProcessDecider.Needs(execute, account, needs); break;
            case CancelExecution cancel: CancelExecutionDecider.Needs(cancel, account, needs); break;
            case ReportExecution report: ReportExecutionDecider.Needs(report, account, needs); break;
            case AttachAtoms attach: AttachAtomsDecider.Needs(attach, account, needs); break;
            case DetachAtoms detach: DetachAtomsDecider.Needs(detach, account, needs); break;
            case DeployProcess deploy: DeployProcessDecider.Needs(deploy, account, needs); break;
            case RedeployVersion redeploy: RedeployVersionDecider.Needs(redeploy, account, needs); break;
            case PackageProcess package: PackageProcessDecider.Needs(package, account, needs); break;
            case LabelVersion label: LabelVersionDecider.Needs(label, needs); break;
            case WithdrawVersion withdraw: WithdrawVersionDecider.Needs(withdraw, needs); break;
            case DeployProcesses deploy: DeployProcessesDecider.Needs(deploy, account, needs); break;
            case MoveProcess move: MoveProcessDecider.Needs(move, account, needs); break;
            case CreateEnvironment: CreateEnvironmentDecider.Needs(needs); break;
            case UpdateEnvironment: UpdateEnvironmentDecider.Needs(needs); break;
            case DeleteEnvironment delete: DeleteEnvironmentDecider.Needs(delete, account, needs); break;
            case SetEnvironments set: SetEnvironmentsDecider.Needs(set, account, needs); break;
            case AttachAtomToEnvironment attach: AttachAtomToEnvironmentDecider.Needs(attach, account, needs); break;
            case DetachAtomFromEnvironment detach: DetachAtomFromEnvironmentDecider.Needs(detach, account, needs); break;
            case AttachProcessToEnvironment attach: AttachProcessToEnvironmentDecider.Needs(attach, account, needs); break;
            case DetachProcessFromEnvironment detach: DetachProcessFromEnvironmentDecider.Needs(detach, account, needs); break;
            case PromoteVersion promote: PromoteVersionDecider.Needs(promote, account, needs); break;
            case SetLicences: SetLicencesDecider.Needs(needs); break;
            case SetLicenceEnforcement: SetLicenceEnforcementDecider.Needs(needs); break;
            case SetWebhook set: SetWebhookDecider.Needs(set, account, needs); break;
            case DeleteWebhook delete: DeleteWebhookDecider.Needs(delete, needs); break;
            case SetMember set: SetMemberDecider.Needs(set, needs); break;
            case IssueApiKey issue: IssueApiKeyDecider.Needs(issue, needs); break;
            case SetFreeze set: SetFreezeDecider.Needs(set, needs); break;
            case SetRole or DeleteRole or RemoveMember or RevokeApiKey or RegisterProducer or RemoveProducer or SetChangeRules or LiftFreeze or OverrideFreeze or RecordDenial: break;
            case RecordOperation: RecordOperationDecider.Needs(needs); break;
            default: throw NoDecider(command);
        }
    }

    /// <summary>Judges a command against the account as it is.</summary>
    /// <param name="command">Well formed: its <see cref="Command.Check"/> found nothing.</param>
    /// <param name="account">Knows everything the command needs.</param>
    /// <param name="contentHash">For a save: the hash of the content as it will be stored.</param>
    /// <param name="occasion">What is known of the command beside it; what it does not say, no decision may depend on.</param>
    public static Decision Decide(Command command, Account account, string? contentHash = null, Occasion occasion = default) => AccessRules.Denies(command, account, occasion) is { } denial
        ? AccessRules.Refused(denial, WireNameAttribute.Of(command.GetType()), Subjects.Of(command))
        : Judge(command, account, contentHash, occasion);

    private static Decision Judge(Command command, Account account, string? contentHash, Occasion occasion) => command switch
    {
        ComponentSave save => SaveComponentDecider.Decide(save, account, contentHash ?? Digests.ContentHash(save.Content)),
        DeleteComponent delete => DeleteComponentDecider.Decide(delete, account),
        RestoreComponent restore => RestoreComponentDecider.Decide(restore, account),
        RegisterAtom register => RegisterAtomDecider.Decide(register, account),
        RenameAtom rename => RenameAtomDecider.Decide(rename, account),
        DeleteAtom delete => DeleteAtomDecider.Decide(delete, account),
        IssueAtomToken issue => IssueAtomTokenDecider.Decide(issue, account),
        RevokeAtomToken revoke => RevokeAtomTokenDecider.Decide(revoke, account),
        ReportAtomStatus report => ReportAtomStatusDecider.Decide(report, account),
        AcknowledgeVersion acknowledge => AcknowledgeVersionDecider.Decide(acknowledge, account),
        SetExtensions set => SetExtensionsDecider.Decide(set, account),
        SetSchedules set => SetSchedulesDecider.Decide(set, account, occasion.Now),
        StopSchedules stop => StopSchedulesDecider.Decide(stop, account),
        ResumeSchedules resume => ResumeSchedulesDecider.Decide(resume, account),
        PauseListeners pause => PauseListenersDecider.Decide(pause, account),
        ResumeListeners resume => ResumeListenersDecider.Decide(resume, account),
        RestartListeners restart => RestartListenersDecider.Decide(restart, account),
        RunSchedule run => RunScheduleDecider.Decide(run, account, occasion.CommandId),
        ExecuteProcess execute => ExecuteProcessDecider.Decide(execute, account, occasion.CommandId),
        CancelExecution cancel => CancelExecutionDecider.Decide(cancel, account),
        ReportExecution report => ReportExecutionDecider.Decide(report, account, occasion.Now),
        AttachAtoms attach => AttachAtomsDecider.Decide(attach, account),
        DetachAtoms detach => DetachAtomsDecider.Decide(detach, account),
        DeployProcess deploy => DeployProcessDecider.Decide(deploy, account),
        RedeployVersion redeploy => RedeployVersionDecider.Decide(redeploy, account),
        PackageProcess package => PackageProcessDecider.Decide(package, account),
        LabelVersion label => LabelVersionDecider.Decide(label, account),
        WithdrawVersion withdraw => WithdrawVersionDecider.Decide(withdraw, account),
        DeployProcesses deploy => DeployProcessesDecider.Decide(deploy, account),
        MoveProcess move => MoveProcessDecider.Decide(move, account),
        CreateEnvironment create => CreateEnvironmentDecider.Decide(create, account),
        UpdateEnvironment update => UpdateEnvironmentDecider.Decide(update, account),
        DeleteEnvironment delete => DeleteEnvironmentDecider.Decide(delete, account),
        SetEnvironments set => SetEnvironmentsDecider.Decide(set, account),
        AttachAtomToEnvironment attach => AttachAtomToEnvironmentDecider.Decide(attach, account),
        DetachAtomFromEnvironment detach => DetachAtomFromEnvironmentDecider.Decide(detach, account),
        AttachProcessToEnvironment attach => AttachProcessToEnvironmentDecider.Decide(attach, account),
        DetachProcessFromEnvironment detach => DetachProcessFromEnvironmentDecider.Decide(detach, account),
        PromoteVersion promote => PromoteVersionDecider.Decide(promote, account),
        SetLicences set => SetLicencesDecider.Decide(set, account),
        SetLicenceEnforcement set => SetLicenceEnforcementDecider.Decide(set, account),
        SetWebhook set => SetWebhookDecider.Decide(set, account),
        DeleteWebhook delete => DeleteWebhookDecider.Decide(delete, account),
        SetRole set => SetRoleDecider.Decide(set, account),
        DeleteRole delete => DeleteRoleDecider.Decide(delete, account),
        SetMember set => SetMemberDecider.Decide(set, account, occasion.By),
        RemoveMember remove => RemoveMemberDecider.Decide(remove, account),
        IssueApiKey issue => IssueApiKeyDecider.Decide(issue, account),
        RevokeApiKey revoke => RevokeApiKeyDecider.Decide(revoke, account),
        RegisterProducer register => RegisterProducerDecider.Decide(register, account),
        RemoveProducer remove => RemoveProducerDecider.Decide(remove, account),
        SetChangeRules set => SetChangeRulesDecider.Decide(set, account),
        SetFreeze set => SetFreezeDecider.Decide(set, account),
        LiftFreeze lift => LiftFreezeDecider.Decide(lift, account),
        OverrideFreeze @override => OverrideFreezeDecider.Decide(@override, account),
        RecordDenial record => record.Happened,
        RecordOperation record => RecordOperationDecider.Decide(record),
        _ => throw NoDecider(command),
    };

    private static InvalidOperationException NoDecider(Command command) => new($"No decider for {command.GetType().Name}.");
}

/// <summary>What goes with a command: the domain has no clock and makes no ids.</summary>
/// <param name="CommandId">Its id, which becomes the id of what it begins.</param>
/// <param name="Now">The time of the account, which never goes back.</param>
/// <param name="By">On whose word it comes; null where nothing is asked of that.</param>
public readonly record struct Occasion(Guid CommandId, DateTimeOffset Now, Authority? By = null);
