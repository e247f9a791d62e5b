using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using static ProcessDeployment.Schema.Tests.Histories.Telling.Teller;

namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>From test to production, in two classes of licences.</summary>
internal static class UseOfEnvironments
{
    private static readonly Guid Test = Id("f1", 1), Production = Id("f1", 2), Passing = Id("f1", 3);
    private static readonly Guid Orders = Id("a1", 1), Shop = Id("a1", 2);
    private static readonly Guid Berlin = Id("b1", 1), Paris = Id("b1", 2), Rome = Id("b1", 3);

    public static void Tell(Teller teller)
    {
        Begin(teller);
        Deploy(teller);
        Refuse(teller);
    }

    /// <summary>The same way in, and all the way out.</summary>
    public static void TellOfGivingUp(Teller teller)
    {
        Begin(teller);
        Deploy(teller);
        GiveUp(teller);
    }

    private static void Begin(Teller teller)
    {
        teller.Send(new SetLicences { Class = ConnectorClass.Standard, Production = 1, Test = 2 });
        teller.Send(new SetEnvironments { Enabled = true });
        teller.Send(new CreateEnvironment { EnvironmentId = Test, Name = "Test", Classification = Classification.Test, Order = 1 });
        teller.Send(new CreateEnvironment { EnvironmentId = Production, Name = "Production", Classification = Classification.Production, Order = 2 });
        teller.Send(new CreateEnvironment { EnvironmentId = Passing, Name = "Trial", Classification = Classification.Test, Order = 2 });
        teller.Send(new UpdateEnvironment { EnvironmentId = Production, Name = "Live", Order = 3 });
        foreach (var (atomId, name) in new[] { (Berlin, "Berlin"), (Paris, "Paris"), (Rome, "Rome") }) teller.Send(new RegisterAtom { AtomId = atomId, Name = name });
        teller.Send(new SaveComponent { ComponentId = Shop, ComponentType = ComponentTypes.Connection, Name = "Shop", Connector = new("http", ConnectorClass.Standard) });
        teller.Send(Save("Orders", "one"));
    }

    private static void Deploy(Teller teller)
    {
        teller.Send(new AttachAtomToEnvironment { EnvironmentId = Test, AtomId = Berlin });
        teller.Send(new AttachAtomToEnvironment { EnvironmentId = Production, AtomId = Paris });
        teller.Send(new AttachAtomToEnvironment { EnvironmentId = Passing, AtomId = Rome });
        teller.Send(new AttachProcessToEnvironment { EnvironmentId = Test, ProcessId = Orders });
        teller.Send(new AttachProcessToEnvironment { EnvironmentId = Production, ProcessId = Orders });
        teller.Send(new DeployProcess { ProcessId = Orders, EnvironmentId = Test, Note = "first" });
        teller.Send(Save("Orders", "two"));
        teller.Send(new DeployProcess { ProcessId = Orders });
        teller.Send(new PromoteVersion { ProcessId = Orders, EnvironmentId = Production, TargetVersion = 1 }, Ana);
        teller.Send(new PromoteVersion { ProcessId = Orders, EnvironmentId = Production, TargetVersion = 2, Note = "CHG-7" }, Ana);
        teller.Send(new PromoteVersion { ProcessId = Orders, EnvironmentId = Production, TargetVersion = 1, Note = "back" }, Ana);
        teller.Send(new RedeployVersion { ProcessId = Orders, EnvironmentId = Test, TargetVersion = 1 });
        teller.Send(new AttachAtomToEnvironment { EnvironmentId = Test, AtomId = Rome });
    }

    private static void Refuse(Teller teller)
    {
        teller.Send(new PromoteVersion { ProcessId = Orders, EnvironmentId = Production, TargetVersion = 9 });
        teller.Send(new AttachAtomToEnvironment { EnvironmentId = Production, AtomId = Berlin });
        teller.Send(new AttachProcessToEnvironment { EnvironmentId = Id("f1", 9), ProcessId = Orders });
        teller.Send(new DeployProcess { ProcessId = Orders, EnvironmentId = Id("f1", 9) });
        teller.Send(new DeleteEnvironment { EnvironmentId = Passing });
    }

    private static void GiveUp(Teller teller)
    {
        teller.Send(new DeleteEnvironment { EnvironmentId = Passing });
        teller.Send(new DetachAtomFromEnvironment { EnvironmentId = Test, AtomId = Rome });
        teller.Send(new DetachProcessFromEnvironment { EnvironmentId = Production, ProcessId = Orders });
        teller.Send(new DetachProcessFromEnvironment { EnvironmentId = Test, ProcessId = Orders });
        teller.Send(new DetachAtomFromEnvironment { EnvironmentId = Production, AtomId = Paris });
        teller.Send(new DeleteAtom { AtomId = Berlin });
        teller.Send(new SetEnvironments { Enabled = false });
        teller.Send(new AttachAtoms { ProcessId = Orders, AtomIds = [Rome] });
    }

    private static SaveComponent Save(string name, string content) => new()
    {
        ComponentId = Orders,
        ComponentType = ComponentTypes.Process,
        Name = name,
        References = [new(Shop, ReferenceKind.Dependent)],
        StartStep = StartStep.None,
        Content = content,
    };
}
