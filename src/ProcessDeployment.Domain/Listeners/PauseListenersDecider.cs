using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Listeners;

/// <summary>Pauses what is not paused yet, one listener on an Atom or all.</summary>
public static class PauseListenersDecider
{
    public static void Needs(PauseListeners command, Account account, Needs needs) => ListenerRules.Needs(command.ProcessId, command.AtomId, account, needs);

    public static Decision Decide(PauseListeners command, Account account) => ListenerRules.Decide(
        command.ProcessId, command.AtomId, account,
        key => ListenerRules.IsPaused(key, account) ? null : new ListenerPaused { ProcessId = key.ProcessId, AtomId = key.AtomId });
}
