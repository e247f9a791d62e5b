using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Licences;

/// <summary>What happens to the licences of an account.</summary>
public abstract record LicenceEvent : DomainEvent
{
    public override string StreamName() => StreamNames.Licences;
}

/// <summary>The purchased licences of a class were set, for one pool or both.</summary>
[WireName("processdeployment.licences-purchased.v1")]
public sealed record LicencesPurchased : LicenceEvent
{
    public required ConnectorClass Class { get; init; }

    /// <summary>Null leaves the pool as it was.</summary>
    public int? Production { get; init; }

    /// <summary>Null leaves the pool as it was.</summary>
    public int? Test { get; init; }
}

/// <summary>What happens beyond the purchased licences was changed.</summary>
[WireName("processdeployment.licence-enforcement-changed.v1")]
public sealed record LicenceEnforcementChanged : LicenceEvent
{
    public required LicenceEnforcement Mode { get; init; }
}
