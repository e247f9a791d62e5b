using System.Text.Json.Serialization;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Contracts;

/// <summary>What a caller needs to act on a refusal; each code has its own form.</summary>
[JsonConverter(typeof(RefusalDetailsConverter))]
public abstract record RefusalDetails;

/// <summary>Details of <c>licence-exceeded</c>.</summary>
/// <param name="Pools">Each pool that would be exceeded.</param>
/// <param name="NetNew">The (connection, Atom) pairs the command would add there.</param>
/// <param name="Holders">Who holds the licences of those pools now, at most <see cref="MostHolders"/>, ordered by ids.</param>
public sealed record LicenceExceededDetails(
    IReadOnlyList<ExceededPool> Pools, IReadOnlyList<LicencePair> NetNew, IReadOnlyList<LicenceHolder> Holders) : RefusalDetails
{
    /// <summary>A refusal names at most this many holders; the question <c>/licences</c> names all.</summary>
    public const int MostHolders = 100;
}

/// <summary>A pool that a command would exceed.</summary>
/// <param name="Class">Connector class.</param>
/// <param name="Classification">Production or test.</param>
/// <param name="Purchased">Licences purchased.</param>
/// <param name="Used">Licences used before the command.</param>
/// <param name="Needed">Licences the command would add.</param>
/// <param name="Available">Licences left for it, those that the command itself frees included; never below zero.</param>
public sealed record ExceededPool(ConnectorClass Class, Classification Classification, int Purchased, int Used, int Needed, int Available);

/// <summary>A connection on an Atom: the unit that is licensed.</summary>
/// <param name="ComponentId">The connection.</param>
/// <param name="AtomId">The Atom.</param>
public sealed record LicencePair(Guid ComponentId, Guid AtomId);

/// <summary>A licensed pair and the Processes that need it.</summary>
/// <param name="ComponentId">The connection.</param>
/// <param name="AtomId">The Atom.</param>
/// <param name="ProcessIds">The Processes deployed there whose current version holds the connection, at most <see cref="MostProcesses"/>.</param>
public sealed record LicenceHolder(Guid ComponentId, Guid AtomId, IReadOnlyList<Guid> ProcessIds)
{
    /// <summary>A connection may be shared by 10,000 Processes; the question <c>/licences</c> names all.</summary>
    public const int MostProcesses = 10;
}

/// <summary>Details of <c>reference-cycle</c> and <c>missing-component</c>.</summary>
/// <param name="Path">Component ids from the start of the path to its end.</param>
public sealed record PathDetails(IReadOnlyList<Guid> Path) : RefusalDetails;

/// <summary>Details of <c>expected-revision</c>, <c>expected-version</c> and <c>no-such-version</c>.</summary>
/// <param name="Expected">What the command named.</param>
/// <param name="Actual">What there is.</param>
public sealed record ExpectationDetails(int Expected, int Actual) : RefusalDetails;

/// <summary>Details of <c>label-taken</c>, <c>already-labelled</c>, <c>version-withdrawn</c> and <c>version-in-use</c>.</summary>
/// <param name="PackageVersion">The version in question; of a label that is taken, the one that has it.</param>
/// <param name="Label">The label it has; null when it has none.</param>
/// <param name="CurrentIn">Environments in which it is current, where that stands against it, at most <see cref="MostEnvironments"/>.</param>
public sealed record PackageDetails(int PackageVersion, string? Label, IReadOnlyList<Guid> CurrentIn) : RefusalDetails
{
    /// <summary>Outcomes are kept for ever.</summary>
    public const int MostEnvironments = 10;
}

/// <summary>Details of <c>unknown-atom</c>, <c>still-deployed</c>, <c>not-attached</c>, <c>not-deployed</c> and <c>atom-offline</c>.</summary>
/// <param name="AtomIds">The Atoms in question.</param>
public sealed record AtomsDetails(IReadOnlyList<Guid> AtomIds) : RefusalDetails;

/// <summary>Details of <c>atom-in-use</c>, of <c>listener-process</c> and <c>not-a-listener</c>, and of <c>unknown-process</c> and its like for several Processes.</summary>
/// <param name="ProcessIds">The Processes in question; of an Atom in use at most <see cref="MostInUse"/>, ordered by ids.</param>
public sealed record ProcessesDetails(IReadOnlyList<Guid> ProcessIds) : RefusalDetails
{
    /// <summary>An Atom may run 10,000 Processes, and outcomes are kept for ever; the question <c>/atoms/{id}/deployments</c> names all.</summary>
    public const int MostInUse = 10;
}

/// <summary>Details of <c>unknown-environment</c>.</summary>
/// <param name="EnvironmentId">The environment in question.</param>
public sealed record EnvironmentDetails(Guid EnvironmentId) : RefusalDetails;

/// <summary>Details of <c>environment-in-use</c> and <c>environments-in-use</c>: what is in the way, at most ten of each kind.</summary>
/// <param name="AttachedAtomIds">Atoms in environments.</param>
/// <param name="AttachedProcessIds">Processes in environments, or attached to Atoms.</param>
public sealed record InUseDetails(IReadOnlyList<Guid> AttachedAtomIds, IReadOnlyList<Guid> AttachedProcessIds) : RefusalDetails;

/// <summary>Details of <c>digest-mismatch</c>.</summary>
/// <param name="ExpectedDigest">The digest of the version.</param>
/// <param name="ActualDigest">What the command named.</param>
public sealed record DigestDetails(string ExpectedDigest, string ActualDigest) : RefusalDetails;

/// <summary>Details of <c>unknown-extension</c>.</summary>
/// <param name="Keys">The first <see cref="MostKeys"/> keys that the version does not declare.</param>
/// <param name="VersionNumber">The version that is deployed.</param>
public sealed record ExtensionsDetails(IReadOnlyList<string> Keys, int VersionNumber) : RefusalDetails
{
    /// <summary>Outcomes are kept for ever.</summary>
    public const int MostKeys = 10;
}

/// <summary>Details of <c>not-allowed</c>.</summary>
/// <param name="Privilege">The privilege that is missing.</param>
/// <param name="EnvironmentId">Where it is missing; null for the whole account.</param>
public sealed record PrivilegeDetails(Privilege Privilege, Guid? EnvironmentId) : RefusalDetails;

/// <summary>Details of <c>frozen</c>.</summary>
/// <param name="FreezeId">The freeze that stands against it.</param>
/// <param name="ProcessIds">The Processes that it stops.</param>
public sealed record FrozenDetails(Guid FreezeId, IReadOnlyList<Guid> ProcessIds) : RefusalDetails;

/// <summary>Details of <c>reviser-deploys</c>.</summary>
/// <param name="ComponentIds">What the actor revised since the latest deployment, at most <see cref="MostComponents"/>.</param>
public sealed record ComponentsDetails(IReadOnlyList<Guid> ComponentIds) : RefusalDetails
{
    /// <summary>Outcomes are kept for ever.</summary>
    public const int MostComponents = 10;
}

/// <summary>Details of <c>bundled-only</c>.</summary>
/// <param name="Parents">The Processes deployed on that Atom that bundle it, at most <see cref="MostParents"/>, ordered by ids.</param>
public sealed record ParentsDetails(IReadOnlyList<Guid> Parents) : RefusalDetails
{
    /// <summary>A child may be bundled by 10,000 Processes, and outcomes are kept for ever.</summary>
    public const int MostParents = 10;
}

/// <summary>Details of <c>execution-ended</c>.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="EndedAs">How it ended.</param>
public sealed record EndedDetails(Guid ExecutionId, ExecutionStatus EndedAs) : RefusalDetails;

/// <summary>Details of <c>unknown-event-type</c>.</summary>
/// <param name="UnknownTypes">The first <see cref="MostTypes"/> types that there are not.</param>
public sealed record EventTypesDetails(IReadOnlyList<string> UnknownTypes) : RefusalDetails
{
    /// <summary>Outcomes are kept for ever.</summary>
    public const int MostTypes = 10;
}
