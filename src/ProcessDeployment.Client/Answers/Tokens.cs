using ProcessDeployment.Contracts;

namespace ProcessDeployment.Client;

/// <summary>The tokens that let an Atom in.</summary>
public sealed record TokensAnswer(IReadOnlyList<TokenItem> Items);

/// <summary>A token, without what it is; good without end where <paramref name="ExpiresAt"/> is null.</summary>
public sealed record TokenItem(Guid TokenId, DateTimeOffset? ExpiresAt);

/// <summary>A new token, or why there is none.</summary>
public sealed record IssuedToken
{
    public Guid? TokenId { get; init; }

    /// <summary>What the Atom sends. It is in this one answer and nowhere else.</summary>
    public string? Token { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
    public RefusalAnswer? Refusal { get; init; }
    public required long Position { get; init; }
}
