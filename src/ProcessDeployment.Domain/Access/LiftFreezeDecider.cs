using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Ends a freeze.</summary>
public static class LiftFreezeDecider
{
    public static Decision Decide(LiftFreeze command, Account account) => account.KnownAccess().Freezes.TryGetValue(command.FreezeId, out var freeze)
        ? new FreezeLifted { FreezeId = command.FreezeId, Name = freeze.Name }
        : OverrideFreezeDecider.Unknown(command.FreezeId);
}
