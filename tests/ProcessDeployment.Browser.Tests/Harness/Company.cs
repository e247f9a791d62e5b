using ProcessDeployment.Client;

namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>What people built and deployed before a page is opened, under names that no other test has.</summary>
internal sealed class Company
{
    private const int Plenty = 10_000;

    /// <param name="engine">Where.</param>
    /// <param name="token">As whom, where people are known.</param>
    public Company(RunningEngine engine, string? token = null) => (Api, Bus) = (ApiOf(engine, token), new(engine));

    public EngineApi Api { get; }

    /// <summary>What others do, by another way than the pages.</summary>
    public Bus Bus { get; }

    public string Mark { get; } = $"{Guid.NewGuid():n}"[..6];

    public static Task PurchaseAsync(RunningEngine engine) => new Company(engine).DoAsync(new SetLicences { Class = ConnectorClass.Standard, Production = Plenty });

    public async Task<Thing> AtomAsync(string name)
    {
        var atom = Named(name);
        await DoAsync(new RegisterAtom { AtomId = atom.Id, Name = atom.Name, HostName = "host-1.example.com" });
        return atom;
    }

    public async Task<Thing> ConnectionAsync(string name, ConnectorClass of = ConnectorClass.Standard)
    {
        var connection = Named(name);
        await DoAsync(new SaveComponent { ComponentId = connection.Id, ComponentType = ComponentTypes.Connection, Name = connection.Name, Connector = new("http", of), Content = "<connection/>" });
        return connection;
    }

    /// <summary>A Process with what it calls and connects to.</summary>
    public async Task<Thing> ProcessAsync(string name, params Thing[] references)
    {
        var process = Named(name);
        await SaveAsync(process, references);
        return process;
    }

    /// <summary>Makes the next revision of a Process.</summary>
    public Task SaveAsync(Thing process, params Thing[] references) => DoAsync(Saving(process, references));

    public SaveComponent Saving(Thing process, params Thing[] references) => new()
    {
        ComponentId = process.Id,
        ComponentType = ComponentTypes.Process,
        Name = process.Name,
        Folder = $"Sales {Mark}/Orders",
        References = [.. references.Select(reference => new ComponentReference(reference.Id, ReferenceKind.Dependent))],
        Content = $"<process>\n  <step id='{Guid.NewGuid():n}'/>\n</process>",
    };

    public Task AttachAsync(Thing process, params Thing[] atoms) => DoAsync(new AttachAtoms { ProcessId = process.Id, AtomIds = [.. atoms.Select(atom => atom.Id)] });

    public Task DeployAsync(Thing process, string? note = null) => DoAsync(new DeployProcess { ProcessId = process.Id, Note = note });

    /// <summary>Until all lists show it.</summary>
    public async Task DoAsync(Command command)
    {
        (await TryAsync(command)).Refusal.ShouldBeNull();
        await Api.ProcessesAsync(new(), 0, 1, TestContext.Current.CancellationToken);
    }

    public Task<Outcome> TryAsync(Command command) => Api.SendAsync(Guid.CreateVersion7(), command, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<VersionItem>> VersionsAsync(Thing process) => (await Api.VersionsAsync(process.Id, cancellation: TestContext.Current.CancellationToken)).Items;

    /// <summary>As soon as there are so many: what a page was answered may be in no list yet.</summary>
    public async Task<IReadOnlyList<VersionItem>> VersionsAsync(Thing process, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var versions = await VersionsAsync(process);
            if (versions.Count >= count) return versions;
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public Thing Named(string name) => new(Guid.CreateVersion7(), $"{name} {Mark}");

    private static EngineApi ApiOf(RunningEngine engine, string? token)
    {
        var http = new HttpClient { BaseAddress = engine.Url };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return new(http, "//tests");
    }
}

/// <summary>Something that people gave a name to.</summary>
internal sealed record Thing(Guid Id, string Name);
