using System.Globalization;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Wording;

/// <content>Who may do what, and under which rules.</content>
internal static partial class Say
{
    /// <summary>What a privilege lets do.</summary>
    public static string Of(Privilege privilege) => privilege switch
    {
        Privilege.BuildRead => "see components, Processes, their content and versions",
        Privilege.BuildWrite => "save, delete and restore components",
        Privilege.Deploy => "deploy, package, promote, attach, detach and move",
        Privilege.Schedule => "set, stop and resume schedules",
        Privilege.Execute => "run and cancel by hand; pause, resume and restart listeners",
        Privilege.AtomRead => "see Atoms, what runs there, executions, schedules and extensions",
        Privilege.AtomWrite => "register, rename and delete Atoms; their tokens, and values of extensions",
        Privilege.EnvironmentWrite => "make environments and put Atoms into them",
        Privilege.LicenceRead => "see licences and who holds them",
        Privilege.LicenceWrite => "enter purchases, and how strictly they are enforced",
        Privilege.AuditRead => "see the audit trail, exports, the ledger, and who may do what",
        Privilege.Operate => "see webhooks and dead letters, send again, set webhooks",
        Privilege.Freeze => "set freezes, and let Processes pass one",
        Privilege.Access => "say who may do what, and the rules of changes",
        _ => privilege.WireName(),
    };

    /// <summary>Each rule of changes as it is, in a sentence.</summary>
    public static IReadOnlyList<string> Of(RulesOfChanges rules) =>
    [
        Of(rules.ReasonRequired),
        rules.ReviserMayNotDeploy ? "Whoever revised something since the latest deployment must not deploy it." : "Whoever revised something may deploy it.",
        rules.ProductionAfterTest ? "A version comes to production only after it was in a test environment." : "A version may come to production without having been in a test environment.",
        rules.SignedOnly ? "Commands over a bus must be signed by a producer." : "Commands over a bus need no signature.",
    ];

    public static string Of(ReasonRule rule) => rule switch
    {
        ReasonRule.Production => "What changes production needs a reason.",
        ReasonRule.Always => "Whatever changes what runs needs a reason.",
        _ => "No change needs a reason.",
    };

    /// <summary>A moment as commands have it; empty for none.</summary>
    public static string Wire(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>How a freeze stands now.</summary>
    public static (string Words, string Sign, string? Mood) Of(FreezeItem freeze, DateTimeOffset now) =>
        now < freeze.From ? ("to come", "◔", null) : now < freeze.Until ? ("now", "●", "doubtful") : ("over", "○", null);
}
