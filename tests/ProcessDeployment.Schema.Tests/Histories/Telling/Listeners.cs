using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using static ProcessDeployment.Schema.Tests.Histories.Telling.Teller;

namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>Listeners that are paused, resumed and restarted by hand, and whose pauses end with a detach and with another way to start.</summary>
internal static class Listeners
{
    private static readonly Guid Orders = Id("a1", 1), Invoices = Id("a1", 2), Nightly = Id("a1", 3), Berlin = Id("b1", 1), Paris = Id("b1", 2);

    public static void Tell(Teller teller)
    {
        Begin(teller);
        ByHand(teller);
        Otherwise(teller);
    }

    private static void Begin(Teller teller)
    {
        teller.Send(new RegisterAtom { AtomId = Berlin, Name = "Berlin" });
        teller.Send(new RegisterAtom { AtomId = Paris, Name = "Paris" });
        foreach (var (processId, name, start) in new[] { (Orders, "Orders", StartStep.Listener), (Invoices, "Invoices", StartStep.Listener), (Nightly, "Nightly", StartStep.Schedule) })
        {
            teller.Send(Save(processId, name, start));
            teller.Send(new AttachAtoms { ProcessId = processId, AtomIds = [Berlin, Paris] });
            teller.Send(new DeployProcess { ProcessId = processId });
        }
    }

    private static void ByHand(Teller teller)
    {
        teller.Send(new PauseListeners { AtomId = Berlin });
        teller.Send(new ResumeListeners { ProcessId = Orders, AtomId = Berlin }, Ana);
        teller.Send(new RestartListeners { ProcessId = Invoices, AtomId = Berlin }, Ana);
        teller.Send(new RestartListeners { AtomId = Berlin });
        teller.Send(new PauseListeners { ProcessId = Orders, AtomId = Paris });
        teller.Send(new PauseListeners { ProcessId = Invoices, AtomId = Paris });
        teller.Send(new RestartListeners { ProcessId = Orders, AtomId = Paris });
    }

    private static void Otherwise(Teller teller)
    {
        teller.Send(new PauseListeners { ProcessId = Orders, AtomId = Berlin });
        teller.Send(new DetachAtoms { ProcessId = Orders, AtomIds = [Berlin] });
        teller.Send(new AttachAtoms { ProcessId = Orders, AtomIds = [Berlin] });
        teller.Send(Save(Orders, "Orders", StartStep.Listener));
        teller.Send(new DeployProcess { ProcessId = Orders });
        teller.Send(Save(Invoices, "Invoices", StartStep.None));
        teller.Send(new DeployProcess { ProcessId = Invoices });
        teller.Send(new PauseListeners { AtomId = Berlin });
    }

    private static SaveComponent Save(Guid processId, string name, StartStep start) =>
        new() { ComponentId = processId, ComponentType = ComponentTypes.Process, Name = name, StartStep = start, Content = $"<process start='{start}'/>" };
}
