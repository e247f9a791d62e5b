namespace ProcessDeployment.Contracts.Commands;

/// <summary>Sets the rules of changes of the account. What is left out stays as it is.</summary>
[WireName("processdeployment.set-change-rules.v1")]
public sealed record SetChangeRules : Command
{
    /// <summary>Which changes need a <c>reason</c>.</summary>
    public ReasonRule? ReasonRequired { get; init; }

    /// <summary>Whoever revised something since the latest deployment must not deploy it.</summary>
    public bool? ReviserMayNotDeploy { get; init; }

    /// <summary>With environments, a version comes to production only after it was in a test environment.</summary>
    public bool? ProductionAfterTest { get; init; }

    /// <summary>Commands over a bus, which says nothing of who sends, must be signed by a registered producer.</summary>
    public bool? SignedOnly { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        ReasonRequired is null && ReviserMayNotDeploy is null && ProductionAfterTest is null && SignedOnly is null ? [new("data", "must set one of the rules")] : [];
}

/// <summary>Sets or changes a time in which nothing is deployed. What counts is the time at which a command takes effect.</summary>
[WireName("processdeployment.set-freeze.v1")]
public sealed record SetFreeze : Command
{
    /// <summary>Id of the freeze.</summary>
    public required Guid FreezeId { get; init; }

    /// <summary>Name that people see, at most 80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>From when on, in UTC such as 2026-12-20T00:00:00Z.</summary>
    public required string From { get; init; }

    /// <summary>Until when, in UTC.</summary>
    public required string Until { get; init; }

    /// <summary>Where; everywhere when left out.</summary>
    public IReadOnlyList<Guid>? EnvironmentIds { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.Text("name", Name, Limits.EnvironmentName, required: true)
        .Concat(Shape.Moment("from", From)).Concat(Shape.Moment("until", Until))
        .Concat(string.CompareOrdinal(Until, From) <= 0 ? [new("until", "must be later than from")] : [])
        .Concat(EnvironmentIds is { } ids ? Shape.Ids("environmentIds", ids) : []);
}

/// <summary>Ends a freeze, or takes back one to come.</summary>
[WireName("processdeployment.lift-freeze.v1")]
public sealed record LiftFreeze : Command
{
    /// <summary>Id of the freeze.</summary>
    public required Guid FreezeId { get; init; }
}

/// <summary>Lets some Processes pass a freeze for a while. It needs a <c>reason</c>.</summary>
[WireName("processdeployment.override-freeze.v1")]
public sealed record OverrideFreeze : Command
{
    /// <summary>Id of the freeze.</summary>
    public required Guid FreezeId { get; init; }

    /// <summary>The Processes that pass.</summary>
    public required IReadOnlyList<Guid> ProcessIds { get; init; }

    /// <summary>Until when, in UTC such as 2026-12-24T12:00:00Z.</summary>
    public required string Until { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.Ids("processIds", ProcessIds).Concat(Shape.Moment("until", Until))
        .Concat(string.IsNullOrWhiteSpace(Reason) ? [new("reason", "must say why the freeze is passed")] : []);
}
