namespace ProcessDeployment.Contracts.Commands;

/// <summary>Makes an environment: a named group of Atoms. Its id is never used again, even after it was deleted.</summary>
[WireName("processdeployment.create-environment.v1")]
public sealed record CreateEnvironment : Command
{
    /// <summary>Id of the environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Name that people see, 1 to 80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its Atoms serve production or tests; fixed for its life.</summary>
    public required Classification Classification { get; init; }

    /// <summary>Its place among the environments, from 0; the first is where deployments go that name none.</summary>
    public required int Order { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Text("name", Name, Limits.EnvironmentName, required: true).Concat(Shape.AtLeast("order", Order, 0));
}

/// <summary>Gives an environment another name or another place. Its classification is fixed at creation.</summary>
[WireName("processdeployment.update-environment.v1")]
public sealed record UpdateEnvironment : Command
{
    /// <summary>Id of the environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>The new name, 1 to 80 characters; unchanged when left out.</summary>
    public string? Name { get; init; }

    /// <summary>Refused if it differs from the classification fixed at creation.</summary>
    public Classification? Classification { get; init; }

    /// <summary>The new place, from 0; unchanged when left out.</summary>
    public int? Order { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Text("name", Name, Limits.EnvironmentName, required: true)
            .Concat(Shape.AtLeast("order", Order, 0))
            .Concat(Name is null && Order is null ? [new("name", "or order must be given, or both")] : []);
}

/// <summary>Deletes an environment. Refused while Atoms or Processes are attached to it; its history stays.</summary>
[WireName("processdeployment.delete-environment.v1")]
public sealed record DeleteEnvironment : Command
{
    /// <summary>Id of the environment.</summary>
    public required Guid EnvironmentId { get; init; }
}

/// <summary>Turns environments on or off for the account. Refused while anything is attached in the way that would end.</summary>
[WireName("processdeployment.set-environments.v1")]
public sealed record SetEnvironments : Command
{
    /// <summary>On: Atoms and Processes are attached to environments. Off: Atoms are attached to Processes.</summary>
    public required bool Enabled { get; init; }
}

/// <summary>Puts an Atom into an environment: every Process there is attached to it. An Atom that is in another environment moves.</summary>
[WireName("processdeployment.attach-atom-to-environment.v1")]
public sealed record AttachAtomToEnvironment : Command
{
    /// <summary>Id of the environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }
}

/// <summary>Takes an Atom out of its environment: every Process there is detached from it.</summary>
[WireName("processdeployment.detach-atom-from-environment.v1")]
public sealed record DetachAtomFromEnvironment : Command
{
    /// <summary>Id of the environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }
}

/// <summary>Puts a Process into an environment: it is attached to every Atom there, with the version that is current there.</summary>
[WireName("processdeployment.attach-process-to-environment.v1")]
public sealed record AttachProcessToEnvironment : Command
{
    /// <summary>Id of the environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }
}

/// <summary>Takes a Process out of an environment: it is detached from every Atom there. Its version there stays for when it comes back.</summary>
[WireName("processdeployment.detach-process-from-environment.v1")]
public sealed record DetachProcessFromEnvironment : Command
{
    /// <summary>Id of the environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }
}

/// <summary>Makes a version that exists current in an environment, under the number it has.</summary>
[WireName("processdeployment.promote-version.v1")]
public sealed record PromoteVersion : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>The version number to carry on.</summary>
    public required int TargetVersion { get; init; }

    /// <summary>Where to.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>What this promotion is for; trimmed, of control characters only newlines and tabs are kept, at most 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Note("note", Note).Concat(Shape.AtLeast("targetVersion", TargetVersion, 1));
}
