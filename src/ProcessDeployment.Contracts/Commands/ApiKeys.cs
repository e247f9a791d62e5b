namespace ProcessDeployment.Contracts.Commands;

/// <summary>
/// Lets a program in with a key. The command carries only what the key hashes to; <c>POST /api/v1/keys</c> makes one and sends
/// this. Two keys of a name can be good at a time, so that one can be changed for another without a gap.
/// </summary>
[WireName("processdeployment.issue-api-key.v1")]
public sealed record IssueApiKey : Command
{
    /// <summary>Id of the key, by which it is revoked.</summary>
    public required Guid KeyId { get; init; }

    /// <summary>Who it is for: the actor is <c>key:</c> and this. At most 80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key as it is sent: 64 lower-case hexadecimal digits.</summary>
    public required string SecretHash { get; init; }

    /// <summary>What it lets do, at least one role.</summary>
    public required IReadOnlyList<RoleGrant> Roles { get; init; }

    /// <summary>Until when it is good, in UTC such as 2027-01-31T00:00:00Z; without end when left out.</summary>
    public string? ExpiresAt { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.Text("name", Name, Limits.EnvironmentName, required: true)
        .Concat(Shape.Digest("secretHash", SecretHash)).Concat(RoleGrant.Check(Roles)).Concat(Shape.Moment("expiresAt", ExpiresAt));
}

/// <summary>A key lets nobody in any more, from the commit on.</summary>
[WireName("processdeployment.revoke-api-key.v1")]
public sealed record RevokeApiKey : Command
{
    /// <summary>Id of the key.</summary>
    public required Guid KeyId { get; init; }
}
