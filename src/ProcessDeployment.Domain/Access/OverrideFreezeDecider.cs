using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Lets some Processes pass a freeze: an act of its own with its own reason, so that whoever deploys need not be who lets.</summary>
public static class OverrideFreezeDecider
{
    public static Decision Decide(OverrideFreeze command, Account account) => account.KnownAccess().Freezes.TryGetValue(command.FreezeId, out var freeze)
        ? new FreezeOverridden { FreezeId = command.FreezeId, Name = freeze.Name, ProcessIds = [.. command.ProcessIds.Distinct().Order()], Until = command.Until }
        : Unknown(command.FreezeId);

    internal static Refusal Unknown(Guid freezeId) => new(RefusalCodes.UnknownFreeze, $"There is no freeze {freezeId}.");
}
