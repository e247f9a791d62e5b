using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using static ProcessDeployment.Engine.Tests.Sample.SampleCompany;

namespace ProcessDeployment.Engine.Tests.Sample;

/// <summary>What happens once: refusals, a rollback, a move, renames, deletions; and the last days, which leave the account worth looking at.</summary>
internal sealed class SampleIncidents(SampleStory story, SampleDiary diary)
{
    private readonly HashSet<string> _atRest = [];

    public bool IsAtRest(string name) => _atRest.Contains(name);

    public void Of(int day)
    {
        diary.At(day, 10);
        switch (day)
        {
            case 35:
                story.Attach("Accounts Salesforce to SAP", ["Chicago Production"]);
                story.Deploy("Accounts Salesforce to SAP", "First release", refusedWith: RefusalCodes.LicenceExceeded);
                break;
            case 37:
                diary.Write(Admin, new SetLicences { Class = ConnectorClass.Enterprise, Production = 3, Reason = "Bought one more for Chicago" });
                story.Deploy("Accounts Salesforce to SAP", "First release, with the new licence");
                break;
            case 50:
                RollBack("Payments NetSuite to Bank", "New file format of the bank", "The bank refuses the new file format");
                break;
            case 63:
                diary.Write(Admin, new RenameAtom { AtomId = SampleStory.Atom("Berlin 1"), Name = "Berlin Production", Reason = "The second node is gone" });
                break;
            case 77:
                diary.Write(Admin, new MoveProcess
                {
                    ProcessId = story.Component("Stock Levels to Shop").Id,
                    FromAtomIds = [SampleStory.Atom("Leeds Outlet")],
                    ToAtomIds = [SampleStory.Atom("Rotterdam Warehouse")],
                    Reason = "Nearer to the warehouse",
                });
                break;
            case 87:
                diary.Write(Admin, new DetachAtoms { ProcessId = story.Component("Daily Exchange Rates").Id, AtomIds = [SampleStory.Atom("Cloud EU")], Reason = "Ran twice every day" });
                break;
            case 94:
                _atRest.Add("Old Bank Portal");
                diary.Write(Admin, new DeleteComponent { ComponentId = story.Component("Old Bank Portal").Id, Reason = "Portal closed" });
                break;
            case 101:
                story.Component("HR Sync").Name = "Employees Workday to Directory";
                story.Save(Designers[2], "HR Sync", "Says what it does");
                break;
            case 112:
                story.Attach("Shipping Notices", ["Leeds Outlet"], refusedWith: RefusalCodes.LicenceExceeded);
                break;
            case 126:
                diary.Write(Admin, new DeleteComponent { ComponentId = story.Component("Leavers").Id, Reason = "No longer used?" }, RefusalCodes.StillDeployed);
                break;
            case 133:
                diary.Write(Releases, new DeployProcesses { ProcessIds = [story.Component("Receive Web Orders").Id, story.Component("Import Marketplace Orders").Id], Note = "Orders together, before the season" });
                break;
            case 147:
                diary.Write(Admin, new SetLicences { Class = ConnectorClass.TradingPartner, Production = 2, Reason = "Second carrier next year" });
                break;
            default:
                break;
        }
    }

    public void LastDays()
    {
        story.Release(172, most: 100);
        RollBack("Payments NetSuite to Bank", "Instant payments", "Instant payments fail at the bank");

        diary.At(175, 9);
        story.Save(Designers[0], "Daily Exchange Rates", "Saved again, nothing changed");
        diary.At(175, 14);
        diary.Write(Designers[1], new DeleteComponent { ComponentId = story.Component("Round Amounts").Id, Reason = "Rounding moves to the map" });
        diary.At(176, 10);
        story.Deploy("Month End Journal", "For November", refusedWith: RefusalCodes.MissingComponent);
        diary.At(176, 11);
        story.Change("Write Order to SAP", Designers[1]);
        story.Change("Worker to Directory Entry", Designers[3]);
        diary.At(177, 9);
        story.Save(Designers[2], "Quotes to Orders", "First draft");
        story.Change("Quotes to Orders", Designers[2]);
        diary.At(177, 13);
        story.Attach("Invoices SAP to NetSuite", ["Leeds Outlet"], refusedWith: RefusalCodes.LicenceExceeded);
        diary.At(178, 9);
        diary.Write(Admin, new SetLicences { Class = ConnectorClass.Standard, Production = diary.Company.Used(ConnectorClass.Standard) + 1, Reason = "Contract of November" });
    }

    private void RollBack(string name, string note, string reason)
    {
        story.Change(name, Designers[0]);
        story.Deploy(name, note);
        var current = diary.Company.Account.Component(story.Component(name).Id)!.Deployment.CurrentVersion;
        diary.Write(Admin, new RedeployVersion { ProcessId = story.Component(name).Id, TargetVersion = current - 1, Reason = reason });
    }
}
