namespace ProcessDeployment.Engine.Identity.Keys;

/// <summary>The keys of an account that were not revoked.</summary>
public interface IApiKeys
{
    /// <summary>Null for one that was never issued or is revoked. One that has expired is given with its time.</summary>
    ValueTask<KeptKey?> FindAsync(string accountId, Guid keyId, CancellationToken cancellation);

    /// <summary>The same for a request, which looks it up once. What it sends may be judged together with the key later; then a key that is remembered will do for now.</summary>
    /// <param name="context">The request.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="fits">Whether it is the one that was shown; a remembered one that is not is looked up.</param>
    ValueTask<KeptKey?> FindAsync(HttpContext context, string accountId, Guid keyId, Predicate<KeptKey> fits);
}

/// <summary>What is kept of a key.</summary>
/// <param name="KeyId">By which it is revoked.</param>
/// <param name="Name">Whose it is: the actor is <c>key:</c> and this.</param>
/// <param name="SecretHash">SHA-256 of the key as it is sent, in lower-case hexadecimal digits.</param>
/// <param name="ExpiresAt">Until when it is good; null without end.</param>
public sealed record KeptKey(Guid KeyId, string Name, string SecretHash, DateTimeOffset? ExpiresAt);
