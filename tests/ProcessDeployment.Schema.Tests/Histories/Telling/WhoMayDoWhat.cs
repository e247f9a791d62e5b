using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;
using static ProcessDeployment.Schema.Tests.Histories.Telling.Teller;

namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>Roles, members, keys, producers, rules of changes and freezes, and what they denied.</summary>
internal static class WhoMayDoWhat
{
    private const string PublicKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEPPOEGOSI/0cKMCYC+3aPN5OXmyhi1a7vMqeAI701McuaMV/1mWRXG9j4QQu2dfIFX89tIS3xxbj4ofNDVThwRA==";

    private static readonly Guid Live = Id("f1", 1), Orders = Id("a1", 1), Key = Id("d4", 1), Lost = Id("d4", 2), Designer = Id("d5", 1), Broker = Id("d5", 2), Winter = Id("d6", 1), Passing = Id("d6", 2);

    public static void Tell(Teller teller)
    {
        Give(teller);
        Rule(teller);
        Deny(teller);
        Take(teller);
    }

    private static void Give(Teller teller)
    {
        teller.Send(new SetEnvironments { Enabled = true });
        teller.Send(new CreateEnvironment { EnvironmentId = Live, Name = "Live", Classification = Classification.Production, Order = 1 });
        teller.Send(new SaveComponent { ComponentId = Orders, ComponentType = ComponentTypes.Process, Name = "Orders" }, Ana);
        teller.Send(new SetRole { Role = "release-manager", Privileges = [Privilege.Deploy, Privilege.Freeze, Privilege.BuildRead] });
        teller.Send(new SetRole { Role = "release-manager", Privileges = [Privilege.Deploy, Privilege.Freeze] });
        teller.Send(new SetRole { Role = "watcher", Privileges = [Privilege.AuditRead] });
        teller.Send(new SetMember { Member = Kim, Roles = [new("administrator")] }, by: Authority.OfActor);
        teller.Send(new SetMember { Member = Ana, Roles = [new("release-manager", Live), new("watcher")] }, by: Authority.OfActor);
        teller.Send(new SetMember { Member = "lou@example.com", Roles = [new("watcher")] }, by: Authority.OfActor);
        teller.Send(new IssueApiKey { KeyId = Key, Name = "ci", SecretHash = new('c', 64), Roles = [new("release-manager", Live)], ExpiresAt = "2027-01-31T00:00:00Z" });
        teller.Send(new IssueApiKey { KeyId = Lost, Name = "ci", SecretHash = new('d', 64), Roles = [new("watcher")] });
        teller.Send(new RegisterProducer { ProducerId = Designer, Name = "designer", Login = "designer", PublicKey = PublicKey, CommandTypes = ["processdeployment.save-component.v1", "processdeployment.save-component.v2"] });
        teller.Send(new RegisterProducer { ProducerId = Broker, Name = "broker", Login = "guest" });
    }

    private static void Rule(Teller teller)
    {
        teller.Send(new SetChangeRules { ReviserMayNotDeploy = true });
        teller.Send(new SetChangeRules { ReasonRequired = ReasonRule.Production, ProductionAfterTest = false, SignedOnly = true });
        teller.Send(new SetFreeze { FreezeId = Winter, Name = "Turn of the year", From = "2026-01-01T00:00:00Z", Until = "2026-01-31T00:00:00Z", EnvironmentIds = [Live] });
        teller.Send(new SetFreeze { FreezeId = Passing, Name = "Audit", From = "2026-06-01T00:00:00Z", Until = "2026-06-02T00:00:00Z" });
        teller.Send(new OverrideFreeze { FreezeId = Winter, ProcessIds = [Orders, Id("a1", 2)], Until = "2026-01-05T12:00:00Z", Reason = "the shop stands still" });
    }

    private static void Deny(Teller teller)
    {
        teller.Send(new DeployProcess { ProcessId = Orders, Reason = "CHG-9" }, Ana, Authority.OfActor);
        teller.Send(new DeployProcess { ProcessId = Orders }, Kim, Authority.OfActor);
        teller.Send(new SetLicences { Class = ConnectorClass.Standard, Production = 100 }, Ana, Authority.OfActor);
        teller.Send(new RenameAtom { AtomId = Id("b1", 1), Name = "Mine" }, Ci, Authority.OfKey(Key));
        teller.Send(new RecordDenial
        {
            Happened = new()
            {
                Act = "GET /api/v1/audit",
                Code = RefusalCodes.NotAllowed,
                Message = "lou@example.com may not.",
                Privilege = Privilege.AuditRead,
                Subjects = [],
                Times = 12,
            },
        }, "lou@example.com");
    }

    private static void Take(Teller teller)
    {
        teller.Send(new RemoveMember { Member = "lou@example.com" });
        teller.Send(new SetMember { Member = Ana, Roles = [new("release-manager")] });
        teller.Send(new RevokeApiKey { KeyId = Lost });
        teller.Send(new DeleteRole { Role = "watcher" }, "operator");
        teller.Send(new RemoveProducer { ProducerId = Broker });
        teller.Send(new LiftFreeze { FreezeId = Passing });
        teller.Send(new SetChangeRules { SignedOnly = false });
    }
}
