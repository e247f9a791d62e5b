namespace ProcessDeployment.Contracts.Commands;

/// <summary>Says how many connection licences of a class were purchased. A pool that was never set is not audited.</summary>
[WireName("processdeployment.set-licences.v1")]
public sealed record SetLicences : Command
{
    /// <summary>The connector class.</summary>
    public required ConnectorClass Class { get; init; }

    /// <summary>Licences for production Atoms; unchanged when left out.</summary>
    public int? Production { get; init; }

    /// <summary>Licences for test Atoms; unchanged when left out.</summary>
    public int? Test { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.AtLeast("production", Production, 0)
            .Concat(Shape.AtLeast("test", Test, 0))
            .Concat(Production is null && Test is null ? [new("production", "or test must be given")] : []);
}

/// <summary>Chooses what happens beyond the purchased licences.</summary>
[WireName("processdeployment.set-licence-enforcement.v1")]
public sealed record SetLicenceEnforcement : Command
{
    /// <summary>Strict stops at purchased, tolerant at five times purchased.</summary>
    public required LicenceEnforcement Mode { get; init; }
}
