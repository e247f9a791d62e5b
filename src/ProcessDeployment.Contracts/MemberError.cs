namespace ProcessDeployment.Contracts;

/// <summary>One thing wrong with the form of a message: which member, and the rule it breaks.</summary>
/// <param name="Member">Path of the member, for example <c>data.atomIds[3]</c>.</param>
/// <param name="Rule">The rule in words a sender can act on, for example "is required".</param>
public sealed record MemberError(string Member, string Rule)
{
    /// <summary>The member and its rule as one sentence.</summary>
    public override string ToString() => $"{Member} {Rule}";
}
