using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Lets a program in with a key, beside at most one more of its name.</summary>
public static class IssueApiKeyDecider
{
    /// <summary>One in use and one to change over to.</summary>
    private const int MostOfOneName = 2;

    public static void Needs(IssueApiKey command, Needs needs) => GrantRules.Needs(command.Roles, needs);

    public static Decision Decide(IssueApiKey command, Account account)
    {
        if (GrantRules.Unknown(command.Roles, account) is { } unknown) return unknown;
        var keys = account.KnownAccess().Keys;
        if (keys.ContainsKey(command.KeyId)) return new Refusal(RefusalCodes.KeyExists, $"There is a key {command.KeyId} already.");
        if (keys.Count >= Limits.Members) return new Refusal(RefusalCodes.TooManyKeys, $"There are {Limits.Members} keys, which is the most of an account.");
        if (keys.Values.Count(key => key.Name == command.Name) >= MostOfOneName) return new Refusal(RefusalCodes.TooManyKeys, $"There are two keys of the name {command.Name}: revoke the one that is not used any more.");
        return new ApiKeyIssued { KeyId = command.KeyId, Name = command.Name, SecretHash = command.SecretHash, Roles = [.. command.Roles.Distinct()], ExpiresAt = command.ExpiresAt };
    }
}
