using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.ReadModels;

/// <summary>The commands about environments of a random history.</summary>
internal sealed class RandomEnvironments(Random random, Guid[] environments, Guid[] processes, Guid[] atoms)
{
    /// <summary>Every other history goes over to environments in its middle, and some go back at the end.</summary>
    public IEnumerable<Command> Turning(bool on) =>
    [
        .. on
            ? from processId in processes select (Command)new DetachAtoms { ProcessId = processId, AtomIds = atoms }
            : [.. from processId in processes from id in environments select new DetachProcessFromEnvironment { ProcessId = processId, EnvironmentId = id },
                .. from atomId in atoms from id in environments select new DetachAtomFromEnvironment { AtomId = atomId, EnvironmentId = id }],
        new SetEnvironments { Enabled = on },
    ];

    /// <summary>Where they are not used, only those that do not need that.</summary>
    public Command Any(bool used) => random.Next(used ? 48 : 6) switch
    {
        0 => new DeleteEnvironment { EnvironmentId = environments[^1] },
        < 5 => new UpdateEnvironment { EnvironmentId = Pick(environments), Name = Pick(null, "Live", "Try"), Order = random.Next(4) },
        < 6 => new SetEnvironments { Enabled = true },
        < 13 => new AttachAtomToEnvironment { EnvironmentId = Pick(environments), AtomId = Pick(atoms) },
        < 15 => new DetachAtomFromEnvironment { EnvironmentId = Pick(environments), AtomId = Pick(atoms) },
        < 22 => new AttachProcessToEnvironment { EnvironmentId = Pick(environments), ProcessId = Pick(processes) },
        < 24 => new DetachProcessFromEnvironment { EnvironmentId = Pick(environments), ProcessId = Pick(processes) },
        < 30 => new DeployProcess { ProcessId = Pick(processes), EnvironmentId = Pick(environments), Note = Pick(null, "go-live") },
        < 32 => new RedeployVersion { ProcessId = Pick(processes), TargetVersion = random.Next(1, 5), EnvironmentId = Pick(environments) },
        < 33 => new DeployProcesses { ProcessIds = processes, EnvironmentId = Pick(environments) },
        < 36 => new PackageProcess { ProcessId = Pick(processes), Label = $"{random.Next(9)}", Note = Pick(null, "for Monday") },
        < 39 => new LabelVersion { ProcessId = Pick(processes), VersionNumber = random.Next(1, 5), Label = $"{random.Next(9)}" },
        < 41 => new WithdrawVersion { ProcessId = Pick(processes), VersionNumber = random.Next(1, 5) },
        _ => new PromoteVersion { ProcessId = Pick(processes), TargetVersion = random.Next(1, 5), EnvironmentId = Pick(environments), Note = Pick(null, "carried on") },
    };

    public CreateEnvironment Create(Guid environmentId) => new()
    {
        EnvironmentId = environmentId,
        Name = $"Environment {environmentId.ToString()[6..8]}",
        Classification = Pick(Classification.Production, Classification.Test),
        Order = random.Next(4),
    };

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}
