using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Environments;

/// <summary>The refusals that commands to and beside environments share.</summary>
internal static class EnvironmentRules
{
    /// <summary>Why there is no such environment; null when there is one.</summary>
    public static Refusal? Unknown(Guid environmentId, Account account) =>
        account.KnownEnvironments().Live(environmentId) is null
            ? new(RefusalCodes.UnknownEnvironment, $"There is no environment {environmentId}.", new EnvironmentDetails(environmentId))
            : null;

    /// <summary>Why nothing can be put into that environment; null when it can.</summary>
    public static Refusal? NotUsed(Guid environmentId, Account account) =>
        NotEnabled(account) ?? Unknown(environmentId, account);

    /// <summary>Why environments cannot be counted on; null when they can.</summary>
    public static Refusal? NotEnabled(Account account) =>
        account.KnownEnvironments().Enabled ? null : new(RefusalCodes.EnvironmentsDisabled, "The account does not use environments; turn them on first.");

    /// <summary>Why Atoms cannot be attached to Processes one by one; null when they can.</summary>
    public static Refusal? Used(Account account) =>
        account.KnownEnvironments().Enabled
            ? new(RefusalCodes.EnvironmentsEnabled, "The account uses environments: attach Atoms and Processes to them instead.")
            : null;

    /// <summary>Where a deployment goes: the environment it names or else the first; null while environments are off. Or why it cannot.</summary>
    public static (Guid? EnvironmentId, Refusal? Refusal) Target(Guid? named, Account account)
    {
        var environments = account.KnownEnvironments();
        if (!environments.Enabled)
            return named is null ? (null, null) : (null, new(RefusalCodes.EnvironmentsDisabled, "The account does not use environments; leave environmentId out."));
        if (named is { } environmentId) return (environmentId, Unknown(environmentId, account));
        return environments.InOrder().FirstOrDefault() is { } first ? (first.EnvironmentId, null) : (null, new(RefusalCodes.UnknownEnvironment, "The account has no environment yet; create one first."));
    }

    /// <summary>Details that name what is in the way, the first of each kind.</summary>
    public static InUseDetails InUse(IEnumerable<Guid> atomIds, IEnumerable<Guid> processIds) =>
        new([.. atomIds.Take(ProcessesDetails.MostInUse)], [.. processIds.Take(ProcessesDetails.MostInUse)]);
}
