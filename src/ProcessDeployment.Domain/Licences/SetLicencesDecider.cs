using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Licences;

/// <summary>Lowering a pool below what is used stops nothing that runs; only net-new pairs are refused from then on (#55).</summary>
public static class SetLicencesDecider
{
    public static void Needs(Needs needs) => needs.Pools();

    public static Decision Decide(SetLicences command, Account account)
    {
        var state = account.KnownLicences();
        bool Changes(Classification classification, int? count) =>
            count is not null && state.Pool(new(command.Class, classification)).Purchased != count;

        return Changes(Classification.Production, command.Production) || Changes(Classification.Test, command.Test)
            ? new LicencesPurchased { Class = command.Class, Production = command.Production, Test = command.Test }
            : Decision.Unchanged;
    }
}
