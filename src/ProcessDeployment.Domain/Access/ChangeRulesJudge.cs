using System.Globalization;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Access;

/// <summary>Whether the rules of changes of the account let anybody do this now. They hold for everybody, the operator too.</summary>
internal static class ChangeRulesJudge
{
    public static void Needs(Command command, Account account, Needs needs)
    {
        var rules = account.KnownAccess().Rules;
        if (rules.ReviserMayNotDeploy) Revisions.Needs(command, account, needs);
        if (rules.ProductionAfterTest && command is PromoteVersion or RedeployVersion) needs.Component(AccessScope.Changed(command));
    }

    public static Denial? Denies(Command command, Account account, Occasion occasion)
    {
        var access = account.KnownAccess();
        // A package changes nothing that runs, but what it pins is promoted later without this being asked again.
        if (AccessScope.Changed(command) is not { Count: > 0 }) return access.Rules.ReviserMayNotDeploy ? Revisions.Denies(command, account) : null;
        var (rules, scope) = (access.Rules, access.Rules == ChangeRules.None && access.Freezes.IsEmpty ? null : AccessScope.Of(command, account));
        if (rules.ReasonRequired != ReasonRule.Never && string.IsNullOrWhiteSpace(command.Reason) && (rules.ReasonRequired == ReasonRule.Always || AccessScope.IsProduction(scope, account)))
            return new(RefusalCodes.ReasonRequired, "The account asks for a reason with this.");
        return Frozen(command, access, scope, occasion.Now)
            ?? (rules.ReviserMayNotDeploy ? Revisions.Denies(command, account) : null)
            ?? (rules.ProductionAfterTest ? Untested(command, account, scope) : null);
    }

    private static Denial? Frozen(Command command, AccessState access, Guid? scope, DateTimeOffset now)
    {
        foreach (var (freezeId, freeze) in access.Freezes)
        {
            if (!freeze.IsOf(scope)) continue;
            var stopped = AccessScope.Brought(command).Where(processId => freeze.Stops(processId, now)).ToList();
            if (stopped.Count > 0)
                return new(RefusalCodes.Frozen, $"{freeze.Name}: nothing is deployed until {freeze.Until.ToString("u", CultureInfo.InvariantCulture)}, unless the freeze is overridden.", new FrozenDetails(freezeId, stopped));
        }

        return null;
    }

    /// <summary>What is made new in production was in no test; what is carried there must have been current in one.</summary>
    private static Denial? Untested(Command command, Account account, Guid? scope)
    {
        if (scope is not { } environmentId || !AccessScope.IsProduction(environmentId, account)) return null;
        const string Why = "The account lets a version come to production only after it was in a test environment";
        return command switch
        {
            DeployProcess or DeployProcesses => new(RefusalCodes.NotTested, $"{Why}: deploy to one, and promote it from there."),
            RedeployVersion => new(RefusalCodes.NotTested, $"{Why}, and a re-deployment makes a new one: promote the version instead."),
            PromoteVersion promote when !WasTested(account.Component(promote.ProcessId)?.Deployment, promote, account) => new(RefusalCodes.NotTested, $"{Why}: version {promote.TargetVersion} was in none."),
            _ => null,
        };
    }

    /// <summary>What was in production before was let there before: going back is never in the way of the rule.</summary>
    private static bool WasTested(Deployment? deployment, PromoteVersion promote, Account account) => deployment?.Environments?.Any(here =>
        here.Had.Contains(promote.TargetVersion) && (here.EnvironmentId == promote.EnvironmentId || account.KnownEnvironments().All.GetValueOrDefault(here.EnvironmentId) is { Classification: Classification.Test })) is true;
}
