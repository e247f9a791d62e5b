namespace ProcessDeployment.Contracts.Commands;

/// <summary>
/// Lets an Atom in with a token. The command carries only what the token hashes to, so whoever sees it learns nothing to get in
/// with; <c>POST /api/v1/atoms/{id}/tokens</c> makes a token and sends this.
/// </summary>
[WireName("processdeployment.issue-atom-token.v1")]
public sealed record IssueAtomToken : Command
{
    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>Id of the token, by which it is revoked.</summary>
    public required Guid TokenId { get; init; }

    /// <summary>SHA-256 of the token as the Atom sends it: 64 lower-case hexadecimal digits.</summary>
    public required string SecretHash { get; init; }

    /// <summary>Until when it is good, in UTC such as 2027-01-31T00:00:00Z; without end when left out.</summary>
    public string? ExpiresAt { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Digest("secretHash", SecretHash).Concat(Shape.Moment("expiresAt", ExpiresAt));
}

/// <summary>A token lets nobody in any more, from the commit on.</summary>
[WireName("processdeployment.revoke-atom-token.v1")]
public sealed record RevokeAtomToken : Command
{
    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>Id of the token.</summary>
    public required Guid TokenId { get; init; }
}
