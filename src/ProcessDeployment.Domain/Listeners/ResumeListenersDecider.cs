using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Listeners;

/// <summary>Resumes what is paused, one listener on an Atom or all.</summary>
public static class ResumeListenersDecider
{
    public static void Needs(ResumeListeners command, Account account, Needs needs) => ListenerRules.Needs(command.ProcessId, command.AtomId, account, needs);

    public static Decision Decide(ResumeListeners command, Account account) => ListenerRules.Decide(
        command.ProcessId, command.AtomId, account,
        key => ListenerRules.IsPaused(key, account) ? new ListenerResumed { ProcessId = key.ProcessId, AtomId = key.AtomId } : null);
}
