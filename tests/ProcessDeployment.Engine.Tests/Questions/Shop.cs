using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>A small account: Orders calls Invoice, both use a database; two Atoms.</summary>
internal sealed class Shop(TestAccount account)
{
    public TestAccount Account { get; } = account;

    public Guid Orders { get; } = Guid.CreateVersion7();
    public Guid Invoice { get; } = Guid.CreateVersion7();
    public Guid Database { get; } = Guid.CreateVersion7();
    public Guid Map { get; } = Guid.CreateVersion7();
    public Guid Production { get; } = Guid.CreateVersion7();
    public Guid Backup { get; } = Guid.CreateVersion7();

    /// <summary>The position after the last command that was sent by <see cref="DoAsync"/>.</summary>
    public long Position { get; set; }

    public static async Task<Shop> OpenAsync(EngineFixture engine)
    {
        var shop = new Shop(await engine.NewAccountAsync());
        await shop.DoAsync(
            shop.SaveDatabase(),
            shop.SaveMap(),
            shop.SaveInvoice(),
            shop.SaveOrders(),
            new RegisterAtom { AtomId = shop.Production, Name = "Production", HostName = "prod-1", TimeZone = "Europe/Berlin" },
            new RegisterAtom { AtomId = shop.Backup, Name = "backup", AtomType = AtomType.Molecule },
            new SetLicences { Class = ConnectorClass.Standard, Production = 5 });
        return shop;
    }

    public SaveComponent SaveOrders(string name = "Orders", string? content = "<process/>") => new()
    {
        ComponentId = Orders,
        ComponentType = ComponentTypes.Process,
        Name = name,
        Folder = "Shop",
        StartStep = StartStep.Schedule,
        References = [new(Invoice, ReferenceKind.Dependent), new(Database, ReferenceKind.Dependent)],
        Content = content,
    };

    /// <summary>The Process with its options, so that only one run of it is under way at a time.</summary>
    public SaveComponentV2 SaveOrdersOneAtATime() => new()
    {
        ComponentId = Orders,
        ComponentType = ComponentTypes.Process,
        Name = "Orders",
        Folder = "Shop",
        StartStep = StartStep.Schedule,
        AllowSimultaneousRuns = false,
        References = [new(Invoice, ReferenceKind.Dependent), new(Database, ReferenceKind.Dependent)],
        Content = "<process/>",
    };

    public SaveComponent SaveInvoice(string? content = "<process><step/></process>") => new()
    {
        ComponentId = Invoice,
        ComponentType = ComponentTypes.Process,
        Name = "invoice",
        References = [new(Map, ReferenceKind.Dependent), new(Database, ReferenceKind.Dependent)],
        Content = content,
    };

    public SaveComponent SaveDatabase(string name = "Shop database") => new()
    {
        ComponentId = Database,
        ComponentType = ComponentTypes.Connection,
        Name = name,
        Connector = new("database", ConnectorClass.Standard),
        Content = "host=db",
    };

    public SaveComponent SaveMap(string content = "a\nb\nc\n") => new() { ComponentId = Map, ComponentType = "transform.map", Name = "Invoice map", Content = content };

    public static AttachAtoms Attach(Guid processId, params Guid[] atomIds) => new() { ProcessId = processId, AtomIds = atomIds };

    public static DeployProcess Deploy(Guid processId, string? note = null) => new() { ProcessId = processId, Note = note };

    public async Task DoAsync(params Command[] commands) => Position = await Account.DoAsync(commands);

    public Task<System.Text.Json.JsonElement> AskAsync(string path) => Account.AskAsync(path, Position);
}
