using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Processes;

/// <summary>A version got its label: it is a package. It keeps it, and no other version of the Process ever has it (R19).</summary>
[WireName("processdeployment.version-labelled.v1")]
public sealed record VersionLabelled : ProcessEvent
{
    public required int VersionNumber { get; init; }
    public required string Label { get; init; }
}

/// <summary>A version that was current nowhere was taken out of use: it is neither deployed again nor promoted. Its history stays.</summary>
[WireName("processdeployment.version-withdrawn.v1")]
public sealed record VersionWithdrawn : ProcessEvent
{
    public required int VersionNumber { get; init; }
}
