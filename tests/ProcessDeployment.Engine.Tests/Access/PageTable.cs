using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Tests.Access;

/// <summary>Every page, and whom it is for; of a pattern that leaves the view open, each view.</summary>
internal static class PageTable
{
    /// <summary>In all that the account has.</summary>
    public const string Mark = "marked";

    private const Privilege Build = Privilege.BuildRead, Atom = Privilege.AtomRead, Licence = Privilege.LicenceRead, Audit = Privilege.AuditRead, Operate = Privilege.Operate;

    public static IReadOnlyList<PageRow> All { get; } =
    [
        new("/", null, Build, $"Orders {Mark}"),
        new("/deploy", null, Build, $"Orders {Mark}"),
        new("/deploy/{ProcessId:guid}", null, Build, $"Atom {Mark}"),
        new("/deploy/{ProcessId:guid}/{Tab}", "deployments", Build, $"Note {Mark}"),
        new("/atoms", null, Atom, $"Atom {Mark}"),
        new("/atoms/{AtomId:guid}", null, Atom, $"Orders {Mark}"),
        new("/atoms/{AtomId:guid}/{Tab}", "executions", Atom, $"Orders {Mark}"),
        new("/atoms/{AtomId:guid}/{Tab}", "history", Audit, $"Orders {Mark}"),
        new("/atoms/{AtomId:guid}/{Tab}", "tokens", Atom, "no agent can come in as this Atom"),
        new("/atoms/{AtomId:guid}/{Tab}/{ItemId:guid}", "processes", Atom, $"Orders {Mark}"),
        new("/environments", null, Atom, $"Test {Mark}"),
        new("/components", null, Build, $"Shop {Mark}"),
        new("/components/{ComponentId:guid}", null, Build, $"Orders {Mark}"),
        new("/components/{ComponentId:guid}/{Tab}", "revisions", Build, $"Source {Mark}"),
        new("/components/{ComponentId:guid}/picture", null, Build, $"Shop {Mark}"),
        new("/licences", null, Licence, "Purchased"),
        new("/licences/{Tab}", "holders", Licence, $"Shop {Mark}"),
        new("/licences/{Tab}", "free", Licence, "These detachments together free"),
        new("/audit", null, Audit, $"Orders {Mark}"),
        new("/audit/{Position:long}", null, Audit, $"Shop {Mark}"),
        new("/audit/attempts/{CommandId:guid}", null, Audit, $"Attempt {Mark}"),
        new("/audit/ledger", null, Audit, "Root of this account"),
        new("/audit/export", null, null, "Export for auditors") { AsksNothing = true },
        new("/access", null, Audit, "kim@example.com"),
        new("/access/{Tab}", "roles", Audit, "every account has it"),
        new("/access/{Tab}", "keys", Audit, $"key-{Mark}"),
        new("/access/{Tab}", "rules", Audit, "No change needs a reason."),
        new("/access/{Tab}", "freezes", Audit, $"Holidays {Mark}"),
        new("/access/{Tab}", "producers", Audit, "Register a producer"),
        new("/operations", null, null, "What waits") { OfTheOperator = true },
        new("/operations/{Tab}", "rebuilds", null, "Prove only") { OfTheOperator = true },
        new("/operations/{Tab}", "halted", null, "No account") { OfTheOperator = true },
        new("/operations/{Tab}", "dead-letters", Operate, "whatever was sent was judged"),
        new("/operations/{Tab}", "webhooks", Operate, $"hooks.example.com/{Mark}"),
        new("/not-found", null, null, "There is no such page") { AsksNothing = true },
    ];
}
