namespace ProcessDeployment.Contracts.Commands;

/// <summary>Makes an Atom known. Its id is never used again, even after it was deleted.</summary>
[WireName("processdeployment.register-atom.v1")]
public sealed record RegisterAtom : Command
{
    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>Name that people see, 1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The machine it runs on.</summary>
    public string? HostName { get; init; }

    /// <summary>Kind of runtime; ATOM when left out.</summary>
    public AtomType? AtomType { get; init; }

    /// <summary>IANA time zone in which its schedules are read; UTC when left out.</summary>
    public string? TimeZone { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Text("name", Name, Limits.Name, required: true)
            .Concat(Shape.Text("hostName", HostName, Limits.Folder))
            .Concat(Shape.TimeZone("timeZone", TimeZone));
}

/// <summary>Gives an Atom another name.</summary>
[WireName("processdeployment.rename-atom.v1")]
public sealed record RenameAtom : Command
{
    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>The new name, 1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.Text("name", Name, Limits.Name, required: true);
}

/// <summary>Deletes an Atom. Refused while Processes are attached, unless forced: then they are detached first.</summary>
[WireName("processdeployment.delete-atom.v1")]
public sealed record DeleteAtom : Command
{
    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>Detach whatever is attached, free its licences, then delete.</summary>
    public bool? Force { get; init; }
}
