using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Testing;

/// <summary>What designers and operators do, at random but repeatable: few enough things that commands meet each other.</summary>
internal sealed class RandomCommands(Random random)
{
    private readonly Guid[] _processes = Ids(random, 12);
    private readonly Guid[] _connections = Ids(random, 10);
    private readonly Guid[] _atoms = Ids(random, 4);

    /// <summary>What must be there before anything else makes sense.</summary>
    public IEnumerable<Command> Beginning() =>
    [
        new SetLicences { Class = ConnectorClass.Standard, Production = 12 },
        new SetLicences { Class = ConnectorClass.Enterprise, Production = 5 },
        .. _atoms.Select((id, i) => new RegisterAtom { AtomId = id, Name = $"Atom {i}" }),
        .. _connections.Select(SaveConnection),
        .. _processes.Select(SaveProcess),
    ];

    /// <summary>Lets go of all licences.</summary>
    public IEnumerable<Command> Ending() => _processes.Select(id => new DetachAtoms { ProcessId = id, AtomIds = [.. _atoms] });

    public Command Next()
    {
        lock (random)
        {
            return random.Next(100) switch
            {
                < 35 => SaveConnection(Any(_connections)),
                < 55 => SaveProcess(Any(_processes)),
                < 70 => new DeployProcess { ProcessId = Any(_processes), Note = $"note {random.Next(1000)}" },
                < 80 => new AttachAtoms { ProcessId = Any(_processes), AtomIds = [Any(_atoms), Any(_atoms)] },
                < 86 => new DetachAtoms { ProcessId = Any(_processes), AtomIds = [Any(_atoms)] },
                < 90 => new RedeployVersion { ProcessId = Any(_processes), TargetVersion = random.Next(1, 4) },
                < 92 => new DeployProcesses { ProcessIds = [Any(_processes), Any(_processes), Any(_processes)] },
                < 94 => new MoveProcess { ProcessId = Any(_processes), FromAtomIds = [Any(_atoms)], ToAtomIds = [Any(_atoms)] },
                < 96 => new DeleteComponent { ComponentId = Any(_connections) },
                < 99 => new RestoreComponent { ComponentId = Any(_connections) },
                _ => new SetLicences { Class = ConnectorClass.Standard, Production = random.Next(6, 20) },
            };
        }
    }

    private SaveComponent SaveConnection(Guid id) => new()
    {
        ComponentId = id,
        ComponentType = ComponentTypes.Connection,
        Name = $"Connection {id:n}"[..20],
        Connector = new(random.Next(8) == 0 ? "wss" : "http", Array.IndexOf(_connections, id) % 3 == 0 ? ConnectorClass.Enterprise : ConnectorClass.Standard),
        Content = $"<connection timeout='{random.Next(3)}'/>",
    };

    private SaveComponent SaveProcess(Guid id) => new()
    {
        ComponentId = id,
        ComponentType = ComponentTypes.Process,
        Name = $"Process {id:n}"[..18],
        Folder = $"Folder {random.Next(3)}",
        References = [new(Any(_connections), ReferenceKind.Dependent), new(Any(_connections), ReferenceKind.Dependent), new(Any(_processes), random.Next(3) == 0 ? ReferenceKind.Dependent : ReferenceKind.Independent)],
        Content = $"<process step='{random.Next(5)}'/>",
    };

    private Guid Any(Guid[] ids) => ids[random.Next(ids.Length)];

    private static Guid[] Ids(Random random, int count)
    {
        var ids = new Guid[count];
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            ids[i] = new(bytes);
        }

        return ids;
    }
}
