using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using static ProcessDeployment.Schema.Tests.Histories.Telling.Teller;

namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>Two Processes with connections and licences, on three Atoms: everything that happens without environments, schedules and roles.</summary>
internal static class ComponentsAndDeployments
{
    private static readonly Guid Orders = Id("a1", 1), Invoices = Id("a1", 2), Map = Id("a1", 3), Shop = Id("a1", 4), Bank = Id("a1", 5), Profile = Id("a1", 6);
    private static readonly Guid Berlin = Id("b1", 1), Paris = Id("b1", 2), Rome = Id("b1", 3);
    private static readonly Guid Hook = Id("d1", 1), Passing = Id("d1", 2), FirstToken = Id("d2", 1), SecondToken = Id("d2", 2);

    public static void Tell(Teller teller)
    {
        Begin(teller);
        Save(teller);
        Deploy(teller);
        Report(teller);
        Change(teller);
        Refuse(teller);
        End(teller);
    }

    private static void Begin(Teller teller)
    {
        teller.Send(new SetLicences { Class = ConnectorClass.Standard, Production = 3, Test = 1 });
        teller.Send(new SetLicences { Class = ConnectorClass.Enterprise, Production = 1 });
        teller.Send(new RegisterAtom { AtomId = Berlin, Name = "Berlin", HostName = "atom-1.example.com", AtomType = AtomType.Molecule, TimeZone = "Europe/Berlin" });
        teller.Send(new RegisterAtom { AtomId = Paris, Name = "Paris", AtomType = AtomType.Cloud });
        teller.Send(new RegisterAtom { AtomId = Rome, Name = "Rome" });
        teller.Send(new SetWebhook { WebhookId = Hook, Url = "https://hooks.example.com/deployments", Secret = "0123456789abcdef" });
        teller.Send(new SetWebhook { WebhookId = Passing, Url = "https://hooks.example.com/versions", Secret = "0123456789abcdef", EventTypes = ["processdeployment.version-deployed.v1"], Enabled = false });
        teller.Send(new SetWebhook { WebhookId = Hook, Url = "https://hooks.example.com/all" });
    }

    private static void Save(Teller teller)
    {
        teller.Send(Connection(Shop, "Shop", "http", ConnectorClass.Standard));
        teller.Send(Connection(Bank, "Bank \"Groß & Söhne\"", "sap", ConnectorClass.Enterprise));
        teller.Send(new SaveComponent { ComponentId = Map, ComponentType = "transform.map", Name = "Order to invoice", Folder = "Shop/Maps", Content = "<map/>", SourceRevision = "41" });
        teller.Send(new SaveComponent { ComponentId = Profile, ComponentType = "profile.json", Name = "Order" }, Ana);
        teller.Send(Process(Orders, "Orders", "<orders/>", Shop, Map), Ana);
        teller.Send(Process(Invoices, "Invoices", "<invoices/>", Shop, Bank) with { Reason = "CHG-1042" }, Ana);
    }

    private static void Deploy(Teller teller)
    {
        teller.Send(new AttachAtoms { ProcessId = Orders, AtomIds = [Berlin, Paris] });
        teller.Send(new DeployProcess { ProcessId = Orders, Note = "go-live" });
        teller.Send(new AttachAtoms { ProcessId = Invoices, AtomIds = [Berlin] });
        teller.Send(new DeployProcesses { ProcessIds = [Orders, Invoices], Note = "both at once" }, Ci);
        teller.Send(new AttachAtoms { ProcessId = Orders, AtomIds = [Rome] });
    }

    private static void Report(Teller teller)
    {
        teller.Send(new IssueAtomToken { AtomId = Berlin, TokenId = FirstToken, SecretHash = new('a', 64), ExpiresAt = "2027-01-31T00:00:00Z" });
        teller.Send(new IssueAtomToken { AtomId = Berlin, TokenId = SecondToken, SecretHash = new('b', 64) });
        teller.Send(new RevokeAtomToken { AtomId = Berlin, TokenId = FirstToken });
        teller.Send(new ReportAtomStatus { AtomId = Berlin, Status = AtomStatus.Online }, "atom:Berlin");
        teller.Send(new ReportAtomStatus { AtomId = Berlin, Status = AtomStatus.Warning }, "atom:Berlin");
        teller.Send(Acknowledge(teller, Orders, Berlin, 2, DownloadStatus.Failed) with { Message = "disk full" }, "atom:Berlin");
        teller.Send(Acknowledge(teller, Orders, Berlin, 2, DownloadStatus.Downloaded), "atom:Berlin");
        teller.Send(Acknowledge(teller, Invoices, Berlin, 1, DownloadStatus.Failed), "atom:Berlin");
        teller.Send(new SetExtensions { ProcessId = Orders, AtomId = Berlin, Values = [new("password", "never told"), new("url", "https://shop.example.com")], Partial = false });
        teller.Send(new SetExtensions { ProcessId = Orders, AtomId = Berlin, Values = [new("url", UseDefault: true)], Partial = true });
        teller.Send(new SetExtensions { ProcessId = Orders, AtomId = Paris, Values = [new("url", "https://shop.example.com"), new("password", "never told")], Partial = false });
        teller.Send(new SetExtensions { ProcessId = Orders, AtomId = Paris, Values = [new("url", "https://other.example.com")], Partial = false });
    }

    private static void Change(Teller teller)
    {
        teller.Send(Process(Orders, "Orders of the shop", "<orders timeout='30'/>", Shop, Map) with { Folder = null }, Ana);
        teller.Send(new DeployProcess { ProcessId = Orders, ExpectedRevision = 2, OnlyIfChanged = true });
        teller.Send(new RedeployVersion { ProcessId = Orders, TargetVersion = 1, Note = "back" });
        teller.Send(new RenameAtom { AtomId = Paris, Name = "Lyon" });
        teller.Send(new MoveProcess { ProcessId = Invoices, FromAtomIds = [Berlin], ToAtomIds = [Paris] });
        teller.Send(new DeleteComponent { ComponentId = Profile });
        teller.Send(new RestoreComponent { ComponentId = Profile });
        teller.Send(new DeleteComponent { ComponentId = Map });
    }

    private static void Refuse(Teller teller)
    {
        teller.Send(new DeployProcess { ProcessId = Orders, Note = "without its map" });
        teller.Send(new AttachAtoms { ProcessId = Invoices, AtomIds = [Berlin] });
        teller.Send(new MoveProcess { ProcessId = Invoices, FromAtomIds = [Rome], ToAtomIds = [Berlin] });
        teller.Send(new RedeployVersion { ProcessId = Orders, TargetVersion = 99 });
    }

    private static void End(Teller teller)
    {
        teller.Send(new DetachAtoms { ProcessId = Orders, AtomIds = [Paris] });
        teller.Send(new SetLicenceEnforcement { Mode = LicenceEnforcement.Tolerant });
        teller.Send(new AttachAtoms { ProcessId = Invoices, AtomIds = [Berlin] });
        teller.Send(new DeleteAtom { AtomId = Rome, Force = true });
        teller.Send(new DeleteWebhook { WebhookId = Passing });
    }

    private static SaveComponentV2 Connection(Guid id, string name, string type, ConnectorClass ofClass) => new()
    {
        ComponentId = id,
        ComponentType = ComponentTypes.Connection,
        Name = name,
        Connector = new(type, ofClass),
        Content = $"<connection name='{name}'/>",
    };

    private static SaveComponentV2 Process(Guid id, string name, string content, params Guid[] dependent) => new()
    {
        ComponentId = id,
        ComponentType = ComponentTypes.Process,
        Name = name,
        Folder = "Shop",
        References = [.. dependent.Select(to => new ComponentReference(to, ReferenceKind.Dependent)), new(Profile, ReferenceKind.Independent)],
        Extensions = [new("url", "Address", Secret: false), new("password", "Password", Secret: true)],
        StartStep = StartStep.Schedule,
        AllowSimultaneousRuns = id == Orders ? false : null,
        Content = content,
    };

    private static AcknowledgeVersion Acknowledge(Teller teller, Guid processId, Guid atomId, int version, DownloadStatus status) =>
        new() { ProcessId = processId, AtomId = atomId, VersionNumber = version, Digest = teller.Account.Manifests[new(processId, version)]!.Digest, Status = status };
}
