using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Environments;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>An Atom as it is now.</summary>
public sealed record Atom
{
    public required Guid AtomId { get; init; }
    public required string Name { get; init; }
    public string? HostName { get; init; }
    public required AtomType AtomType { get; init; }
    public required string TimeZone { get; init; }
    public AtomStatus Status { get; init; }
    public bool Deleted { get; init; }

    /// <summary>What lets it in; null while nothing does.</summary>
    public IReadOnlyList<AtomToken>? Tokens { get; init; }

    /// <summary>The environment it is in; null while it is in none.</summary>
    public Guid? EnvironmentId { get; init; }

    /// <summary>The same as a relation.</summary>
    public IEnumerable<Guid> Environments() => EnvironmentId is { } environmentId ? [environmentId] : [];

    /// <summary>Never refuses history: an event that does not concern it leaves it as it is.</summary>
    public static Atom? Evolve(Atom? atom, DomainEvent @event) => @event switch
    {
        AtomRegistered registered => new Atom
        {
            AtomId = registered.AtomId,
            Name = registered.Name,
            HostName = registered.HostName,
            AtomType = registered.AtomType,
            TimeZone = registered.TimeZone,
        },
        AtomRenamed renamed => atom is null ? null : atom with { Name = renamed.Name },
        AtomStatusChanged changed => atom is null ? null : atom with { Status = changed.Status },
        AtomTokenIssued issued => atom is null ? null : atom with { Tokens = [.. atom.Tokens ?? [], new AtomToken(issued.TokenId, issued.SecretHash, issued.ExpiresAt)] },
        AtomTokenRevoked revoked => atom is null ? null : atom with { Tokens = Without(atom.Tokens, revoked.TokenId) },
        AtomAttachedToEnvironment attached => atom is null ? null : atom with { EnvironmentId = attached.EnvironmentId },
        AtomDetachedFromEnvironment => atom is null ? null : atom with { EnvironmentId = null },
        AtomDeleted => atom is null ? null : atom with { Deleted = true, Tokens = null },
        _ => atom,
    };

    private static List<AtomToken>? Without(IReadOnlyList<AtomToken>? tokens, Guid tokenId)
    {
        List<AtomToken> left = [.. (tokens ?? []).Where(token => token.TokenId != tokenId)];
        return left.Count == 0 ? null : left;
    }
}

/// <summary>What is kept of a token.</summary>
/// <param name="TokenId">By which it is revoked.</param>
/// <param name="SecretHash">SHA-256 of the token.</param>
/// <param name="ExpiresAt">Until when it is good; null for one without end.</param>
public sealed record AtomToken(Guid TokenId, string? SecretHash, string? ExpiresAt);
