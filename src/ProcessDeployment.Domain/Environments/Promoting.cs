using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Environments;

/// <summary>A version that exists became current in another environment, under the number it has.</summary>
[WireName("processdeployment.version-promoted.v1")]
public sealed record VersionPromoted : ProcessEvent
{
    public required int VersionNumber { get; init; }
    public required string EnvironmentName { get; init; }

    /// <summary>The version that was current there before, null when none was.</summary>
    public int? FormerVersion { get; init; }

    public string? Note { get; init; }

    /// <summary>That of the version.</summary>
    public required string Digest { get; init; }

    /// <summary>The connections of the version that count for licences.</summary>
    public required IReadOnlyList<LicensedConnection> Connections { get; init; }

    public required IReadOnlyList<DeploymentTarget> Targets { get; init; }
    public required LicenceAudit Audit { get; init; }
}

/// <summary>A promotion was attempted and refused.</summary>
[WireName("processdeployment.promotion-refused.v1")]
public sealed record PromotionRefused : ProcessEvent
{
    public required int TargetVersion { get; init; }
    public required Guid EnvironmentId { get; init; }
    public string? Note { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }
    public RefusalDetails? Details { get; init; }
}
