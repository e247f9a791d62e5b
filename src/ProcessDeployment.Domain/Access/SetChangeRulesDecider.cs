using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Changes some of the rules of changes.</summary>
public static class SetChangeRulesDecider
{
    public static Decision Decide(SetChangeRules command, Account account)
    {
        var before = account.KnownAccess().Rules;
        var after = new ChangeRules(
            command.ReasonRequired ?? before.ReasonRequired,
            command.ReviserMayNotDeploy ?? before.ReviserMayNotDeploy,
            command.ProductionAfterTest ?? before.ProductionAfterTest,
            command.SignedOnly ?? before.SignedOnly);
        return after == before ? Decision.Unchanged : new ChangeRulesSet
        {
            ReasonRequired = after.ReasonRequired,
            ReviserMayNotDeploy = after.ReviserMayNotDeploy,
            ProductionAfterTest = after.ProductionAfterTest,
            SignedOnly = after.SignedOnly,
        };
    }
}
