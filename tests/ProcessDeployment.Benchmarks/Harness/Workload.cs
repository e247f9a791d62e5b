using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>Processes to revise, each with the body of its command written beforehand: only the command id is new each time.</summary>
internal sealed class Workload
{
    private const int Shared = 100;

    private Workload(IReadOnlyList<string> accounts, IReadOnlyList<Revision> items, IReadOnlyList<Revision> shared) =>
        (Accounts, Items, SharedComponents) = (accounts, items, shared);

    public IReadOnlyList<string> Accounts { get; }

    /// <summary>The Processes, accounts taking turns.</summary>
    public IReadOnlyList<Revision> Items { get; }

    /// <summary>What the Processes refer to: connections and maps.</summary>
    public IReadOnlyList<Revision> SharedComponents { get; }

    public static Workload Create(int processes, params IReadOnlyList<string> accounts)
    {
        var random = new Random(4711);
        var shared = accounts.ToDictionary(account => account, account => Enumerable.Range(0, Shared).Select(i => SharedComponent(account, NewId(random), i)).ToArray());
        var items = Enumerable.Range(0, processes).Select(i => Process(accounts[i % accounts.Count], NewId(random), i, shared[accounts[i % accounts.Count]]));
        return new(accounts, [.. items], [.. shared.Values.SelectMany(list => list)]);
    }

    private static Revision SharedComponent(string account, Guid id, int i) => Revision.Of(new SaveComponent
    {
        AccountId = account,
        Actor = "kim@example.com",
        ComponentId = id,
        ComponentType = i % 2 == 0 ? "connector-settings" : "transform.map",
        Name = i % 2 == 0 ? $"Orders database {i}" : $"Order to invoice {i}",
        Folder = "Shared",
        Connector = i % 2 == 0 ? new Connector("database", ConnectorClass.Standard) : null,
    });

    private static Revision Process(string account, Guid id, int i, Revision[] shared) => Revision.Of(new SaveComponent
    {
        AccountId = account,
        Actor = "kim@example.com",
        ComponentId = id,
        ComponentType = ComponentTypes.Process,
        Name = $"Synchronise orders {i:00000}",
        Folder = $"Sales/Region {i % 40}",
        References =
        [
            new(shared[i % Shared].ComponentId, ReferenceKind.Dependent),
            new(shared[(i + 1) % Shared].ComponentId, ReferenceKind.Dependent),
        ],
        StartStep = StartStep.Schedule,
    });

    private static Guid NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}

/// <summary>A command that revises one component, again and again.</summary>
internal sealed class Revision
{
    private readonly byte[] _body;
    private readonly int _idAt;

    private Revision(SaveComponent command, byte[] body, int idAt) => (Command, _body, _idAt) = (command, body, idAt);

    public SaveComponent Command { get; }

    public string AccountId => Command.AccountId!;

    public Guid ComponentId => Command.ComponentId;

    public int Length => _body.Length;

    public static Revision Of(SaveComponent command)
    {
        var id = new Guid("11111111-2222-3333-4444-555555555555");
        var body = CommandWriter.ToCloudEvent(id, "//benchmark", command);
        return new(command, body, body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(id.ToString())));
    }

    /// <summary>Writes the command under a new id.</summary>
    public byte[] Next(Guid id)
    {
        var body = new byte[_body.Length];
        CopyTo(body, id);
        return body;
    }

    public void CopyTo(Span<byte> target, Guid id)
    {
        _body.CopyTo(target);
        id.TryFormat(target[_idAt..], out _);
    }
}
