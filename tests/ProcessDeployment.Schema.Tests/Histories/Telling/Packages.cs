using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using static ProcessDeployment.Schema.Tests.Histories.Telling.Teller;

namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>Versions with labels: made for later, given one afterwards, promoted, and taken out of use.</summary>
internal static class Packages
{
    private static readonly Guid Test = Id("f1", 1), Production = Id("f1", 2), Orders = Id("a1", 1), Shop = Id("a1", 2), Berlin = Id("b1", 1), Paris = Id("b1", 2);

    public static void Tell(Teller teller)
    {
        Begin(teller);
        Package(teller);
        Withdraw(teller);
    }

    private static void Begin(Teller teller)
    {
        teller.Send(new SetLicences { Class = ConnectorClass.Standard, Production = 1, Test = 1 });
        teller.Send(new SetEnvironments { Enabled = true });
        teller.Send(new CreateEnvironment { EnvironmentId = Test, Name = "Test", Classification = Classification.Test, Order = 1 });
        teller.Send(new CreateEnvironment { EnvironmentId = Production, Name = "Production", Classification = Classification.Production, Order = 2 });
        teller.Send(new RegisterAtom { AtomId = Berlin, Name = "Berlin" });
        teller.Send(new RegisterAtom { AtomId = Paris, Name = "Paris" });
        teller.Send(new SaveComponent { ComponentId = Shop, ComponentType = ComponentTypes.Connection, Name = "Shop", Connector = new("http", ConnectorClass.Standard) });
        teller.Send(Save("one"));
        teller.Send(new AttachAtomToEnvironment { EnvironmentId = Test, AtomId = Berlin });
        teller.Send(new AttachAtomToEnvironment { EnvironmentId = Production, AtomId = Paris });
        teller.Send(new AttachProcessToEnvironment { EnvironmentId = Test, ProcessId = Orders });
        teller.Send(new AttachProcessToEnvironment { EnvironmentId = Production, ProcessId = Orders });
        teller.Send(new DeployProcess { ProcessId = Orders, EnvironmentId = Test });
    }

    private static void Package(Teller teller)
    {
        teller.Send(new LabelVersion { ProcessId = Orders, VersionNumber = 1, Label = "2026.1" });
        teller.Send(Save("two"));
        teller.Send(new PackageProcess { ProcessId = Orders, Label = " 2026.2 ", Note = "for Monday" });
        teller.Send(new PromoteVersion { ProcessId = Orders, TargetVersion = 2, EnvironmentId = Test }, Ana);
        teller.Send(new PromoteVersion { ProcessId = Orders, TargetVersion = 2, EnvironmentId = Production }, Ana);
        teller.Send(Save("three"));
        teller.Send(new PackageProcess { ProcessId = Orders, Label = "2026.3", ExpectedRevision = 3 });
        teller.Send(new PackageProcess { ProcessId = Orders, Label = "2026.2" });
    }

    private static void Withdraw(Teller teller)
    {
        teller.Send(new WithdrawVersion { ProcessId = Orders, VersionNumber = 3 }, Ana);
        teller.Send(new WithdrawVersion { ProcessId = Orders, VersionNumber = 1 }, Ana);
        teller.Send(new RedeployVersion { ProcessId = Orders, TargetVersion = 3 });
        teller.Send(new PromoteVersion { ProcessId = Orders, TargetVersion = 1, EnvironmentId = Production });
        teller.Send(new DeployProcess { ProcessId = Orders });
        teller.Send(new LabelVersion { ProcessId = Orders, VersionNumber = 4, Label = "2026.3a" });
    }

    private static SaveComponent Save(string content) => new()
    {
        ComponentId = Orders,
        ComponentType = ComponentTypes.Process,
        Name = "Orders",
        References = [new(Shop, ReferenceKind.Dependent)],
        Content = content,
    };
}
