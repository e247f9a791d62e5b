using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Listeners;

/// <summary>Whoever names one wants it to run. Of all, those that somebody paused on purpose stay paused.</summary>
public static class RestartListenersDecider
{
    public static void Needs(RestartListeners command, Account account, Needs needs) => ListenerRules.Needs(command.ProcessId, command.AtomId, account, needs);

    public static Decision Decide(RestartListeners command, Account account) => ListenerRules.Decide(
        command.ProcessId, command.AtomId, account,
        key => command.ProcessId is null && ListenerRules.IsPaused(key, account) ? null : new ListenerRestarted { ProcessId = key.ProcessId, AtomId = key.AtomId });
}
