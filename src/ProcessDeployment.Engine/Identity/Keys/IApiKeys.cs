namespace ProcessDeployment.Engine.Identity.Keys;

/// <summary>The keys of an account that were not revoked.</summary>
public interface IApiKeys
{
    /// <summary>Null for one that was never issued or is revoked. One that has expired is given with its time.</summary>
    ValueTask<KeptKey?> FindAsync(string accountId, Guid keyId, CancellationToken cancellation);
}

/// <summary>What is kept of a key.</summary>
/// <param name="KeyId">By which it is revoked.</param>
/// <param name="Name">Whose it is: the actor is <c>key:</c> and this.</param>
/// <param name="SecretHash">SHA-256 of the key as it is sent, in lower-case hexadecimal digits.</param>
/// <param name="ExpiresAt">Until when it is good; null without end.</param>
public sealed record KeptKey(Guid KeyId, string Name, string SecretHash, DateTimeOffset? ExpiresAt);
