using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>A key lets nobody in any more.</summary>
public static class RevokeApiKeyDecider
{
    public static Decision Decide(RevokeApiKey command, Account account) => account.KnownAccess().Keys.TryGetValue(command.KeyId, out var key)
        ? new ApiKeyRevoked { KeyId = command.KeyId, Name = key.Name }
        : new Refusal(RefusalCodes.UnknownKey, $"There is no key {command.KeyId}.");
}
