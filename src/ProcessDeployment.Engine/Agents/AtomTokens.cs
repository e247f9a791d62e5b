using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Agents;

/// <summary>
/// Which tokens let whom in. Looked up each time in what decisions look at: a token that was revoked lets nobody in from the
/// commit on, on every node.
/// </summary>
internal sealed class AtomTokens(Databases databases, TimeProvider time)
{
    private const string Sql = """
        select t ->> 'tokenId', t ->> 'secretHash', t ->> 'expiresAt'
        from process_deployment.atom_state s cross join jsonb_array_elements(s.state -> 'tokens') t
        where s.account_id = $1 and s.atom_id = $2
        """;

    /// <summary>Null for a token that was never issued, was revoked, or is that of an Atom that was deleted. One that has expired is given with its time.</summary>
    public async Task<AtomCaller?> FindAsync(AtomToken token, CancellationToken cancellation)
    {
        var hash = Encoding.ASCII.GetBytes(token.Hash);
        foreach (var kept in await OfAsync(token.AccountId, token.AtomId, cancellation))
        {
            if (kept.TokenId != token.TokenId || kept.SecretHash is null || !CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(kept.SecretHash))) continue;
            return new(token.AccountId, token.AtomId, token, kept.ExpiresAt is { } end ? DateTimeOffset.Parse(end, CultureInfo.InvariantCulture) : null);
        }

        return null;
    }

    public bool IsExpired(AtomCaller caller) => caller.ExpiresAt <= time.GetUtcNow();

    /// <summary>Whether an Atom that came in may stay.</summary>
    public async Task<bool> IsGoodAsync(AtomCaller caller, CancellationToken cancellation) =>
        await FindAsync(caller.Token, cancellation) is { } now && !IsExpired(now);

    /// <summary>What is kept of the tokens of an Atom.</summary>
    public async Task<List<Domain.Atoms.AtomToken>> OfAsync(string accountId, Guid atomId, CancellationToken cancellation)
    {
        var tokens = new List<Domain.Atoms.AtomToken>();
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Sql, row => tokens.Add(new(Guid.Parse(row.GetString(0)), row.Text(1), row.Text(2))), Given.Id(atomId));
        await batch.RunAsync(cancellation);
        return tokens;
    }
}
