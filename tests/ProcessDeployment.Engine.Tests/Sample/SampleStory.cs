using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Sample;

/// <summary>Six months of Tailspin Outdoor: built in two weeks, then changed and released week by week, with what goes wrong on the way.</summary>
internal sealed class SampleStory
{
    private readonly SampleDiary _diary = new();
    private readonly Dictionary<string, SampleComponent> _components = SampleCompany.Components().ToDictionary(component => component.Key);
    private readonly SampleIncidents _incidents;

    /// <summary>Where each Process runs, and when it first went live.</summary>
    private static readonly (int Day, string Process, string[] Atoms)[] GoLives =
    [
        (10, "Receive Web Orders", ["Berlin 1"]), (10, "Import Marketplace Orders", ["Berlin 1"]),
        (11, "Invoices SAP to NetSuite", ["Berlin 1"]), (11, "Payments NetSuite to Bank", ["Berlin 1"]),
        (14, "Daily Exchange Rates", ["Berlin 1", "Cloud EU"]), (14, "HR Sync", ["Cloud EU"]), (15, "Leavers", ["Cloud EU"]),
        (16, "Leads to Salesforce", ["Cloud EU", "Chicago Production"]), (17, "Stock Levels to Shop", ["Leeds Outlet"]),
        (18, "Shipping Notices", ["Rotterdam Warehouse"]), (21, "Outlet Sales to ERP", ["Leeds Outlet"]), (22, "Month End Journal", ["Berlin 1"]),
        (45, "Archive Documents", ["Berlin 1"]),
    ];

    private SampleStory() => _incidents = new(this, _diary);

    public static SampleDiary Tell()
    {
        var story = new SampleStory();
        story.Build();
        for (var day = 9; day < 172; day++) story.WorkOn(day);
        story._incidents.LastDays();
        return story._diary;
    }

    public SampleComponent Component(string name) => _components[name];

    public static Guid Atom(string name) => SampleComponent.IdOf($"atom/{name}");

    public void Save(string actor, string name, string? reason = null) => _diary.Write(actor, Component(name).Save(reason));

    public void Change(string name, string actor) => Save(actor, name, SampleChange.Make(Component(name), _diary.Random));

    public void Deploy(string name, string note, string actor = SampleCompany.Releases, string? refusedWith = null) =>
        _diary.Write(actor, new DeployProcess { ProcessId = Component(name).Id, Note = note }, refusedWith);

    public void Attach(string name, string[] atoms, string? refusedWith = null) =>
        _diary.Write(SampleCompany.Admin, new AttachAtoms { ProcessId = Component(name).Id, AtomIds = [.. atoms.Select(Atom)] }, refusedWith);

    private void Build()
    {
        _diary.At(0, 8);
        foreach (var (@class, production) in new[] { (ConnectorClass.Standard, 30), (ConnectorClass.SmallBusiness, 2), (ConnectorClass.Enterprise, 2), (ConnectorClass.TradingPartner, 1) })
            _diary.Write(SampleCompany.Admin, new SetLicences { Class = @class, Production = production, Test = production / 2, Reason = "Contract of May" });
        foreach (var (name, host, type, zone) in SampleCompany.Atoms)
            _diary.Write(SampleCompany.Admin, new RegisterAtom { AtomId = Atom(name), Name = name, HostName = host, AtomType = type, TimeZone = zone });

        var first = _components.Values.Where(component => component.Key is not "Quotes to Orders").ToList();
        for (var i = 0; i < first.Count; i++)
        {
            _diary.At(Workday(i / 8), 8 + (i % 8));
            Save(SampleCompany.Designers[i % SampleCompany.Designers.Length], first[i].Key);
        }
    }

    private void WorkOn(int day)
    {
        foreach (var (_, process, atoms) in GoLives.Where(live => live.Day == day))
        {
            _diary.At(day, 7);
            Attach(process, atoms);
            Deploy(process, "First release");
        }

        _incidents.Of(day);
        if (day % 7 > 4) return;
        for (var i = _diary.Random.Next(2, 5); i > 0; i--)
        {
            _diary.At(day, 9 + (2 * (4 - i)), _diary.Random.Next(60));
            Change(Busy(), SampleCompany.Designers[_diary.Random.Next(SampleCompany.Designers.Length)]);
        }

        if (day % 7 is 1 or 3) Release(day, most: 4);
    }

    /// <summary>Deploys what changed since its last version, the longest waiting first.</summary>
    public void Release(int day, int most)
    {
        _diary.At(day, 16);
        var waiting = GoLives.Where(live => live.Day < day).Select(live => live.Process).Where(name => _diary.Company.IsRevised(Component(name).Id)).ToList();
        foreach (var name in waiting.OrderBy(_ => _diary.Random.Next()).Take(most)) Deploy(name, $"Release {2026 - 2000}.{20 + (day / 7)}");
    }

    /// <summary>Processes and maps change often, shared connections seldom.</summary>
    private string Busy()
    {
        var some = _components.Values.Where(component => component.SourceRevision > 0 && !_incidents.IsAtRest(component.Key)).ToList();
        while (true)
        {
            var component = some[_diary.Random.Next(some.Count)];
            if (component.Type is "process" or "transform.map" || _diary.Random.Next(3) == 0) return component.Key;
        }
    }

    private static int Workday(int n) => (n / 5 * 7) + (n % 5);
}
