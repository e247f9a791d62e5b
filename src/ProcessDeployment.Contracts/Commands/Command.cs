namespace ProcessDeployment.Contracts.Commands;

/// <summary>
/// What every command carries beside its own members. Over HTTP account and actor come from the credentials and may be
/// left out; on the bus they are part of the body.
/// </summary>
public abstract record Command
{
    /// <summary>The tenant: <c>[a-z0-9-]{1,63}</c>.</summary>
    public string? AccountId { get; init; }

    /// <summary>The person or system that acts, at most 320 characters.</summary>
    public string? Actor { get; init; }

    /// <summary>Why; kept with every event of the command. At most 2,000 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Judges the form of this command, not whether the domain accepts it.</summary>
    /// <returns>Everything wrong with the form of this command; empty when it may be judged by the domain.</returns>
    public IEnumerable<MemberError> Check() =>
        Shape.Text("actor", Actor, Limits.Actor, required: true)
            .Concat(Shape.Text("reason", Reason, Limits.Note))
            .Concat(CheckMembers());

    /// <summary>The rules of form of the members that this command adds.</summary>
    protected virtual IEnumerable<MemberError> CheckMembers() => [];
}
