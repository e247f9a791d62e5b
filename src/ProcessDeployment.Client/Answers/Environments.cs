using ProcessDeployment.Contracts;

namespace ProcessDeployment.Client;

/// <summary>The environments of an account, and whether it uses them.</summary>
public sealed record EnvironmentsAnswer(bool Enabled, IReadOnlyList<EnvironmentItem> Items, long Position);

/// <summary>An environment; deployments that name none go to the first by <paramref name="Order"/>.</summary>
public sealed record EnvironmentItem(Guid EnvironmentId, string Name, Classification Classification, int Order)
{
    /// <summary>The Atoms in it.</summary>
    public IReadOnlyList<AtomName> Atoms { get; init; } = [];

    /// <summary>The Processes attached to it, of those that were asked for.</summary>
    public IReadOnlyList<ProcessInEnvironment> Processes { get; init; } = [];
}

/// <summary>A Process in an environment, and the version that is current there; null while none is.</summary>
public sealed record ProcessInEnvironment(Guid ProcessId, string Name, int? VersionNumber);
