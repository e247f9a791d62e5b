using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Licences;

/// <summary>Chooses between stopping at purchased and tolerating up to five times that (R32).</summary>
public static class SetLicenceEnforcementDecider
{
    public static void Needs(Needs needs) => needs.Pools();

    public static Decision Decide(SetLicenceEnforcement command, Account account) =>
        account.KnownLicences().Mode == command.Mode ? Decision.Unchanged : new LicenceEnforcementChanged { Mode = command.Mode };
}
