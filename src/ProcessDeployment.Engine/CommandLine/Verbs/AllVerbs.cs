using System.CommandLine;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Every verb, in the order of the help: run, bring in, act, ask, operate.</summary>
internal static class AllVerbs
{
    public static IEnumerable<Command> Of(VerbServices services) =>
    [
        ServeVerb.Create(),
        SendVerb.Create(services), ImportVerb.Create(services),
        AttachVerb.Create(services), DetachVerb.Create(services), DeployVerb.Create(services), RedeployVerb.Create(services), MoveVerb.Create(services),
        PromoteVerb.Create(services), PlaceVerb.Create(services), CreateEnvironmentVerb.Create(services),
        RegisterAtomVerb.Create(services), SetLicencesVerb.Create(services),
        ProcessesVerb.Create(services), ProcessVerb.Create(services), VersionsVerb.Create(services), AttachmentsVerb.Create(services),
        DiffVerb.Create(services), HistoryVerb.Create(services), ComponentsVerb.Create(services), ComponentVerb.Create(services), ImpactVerb.Create(services), SkewVerb.Create(services),
        AtomsVerb.Create(services), AtomVerb.Create(services), DeploymentsVerb.Create(services),
        EnvironmentsVerb.Create(services), LicencesVerb.Create(services), AuditVerb.Create(services),
        DeadLettersVerb.Create(services), LedgerVerb.Create(services), SecretsVerb.Create(services), AccountsVerb.Create(services), HashPasswordVerb.Create(services), RebuildVerb.Create(services), RebuildsVerb.Create(services), RedactVerb.Create(services),
        HaltedVerb.Create(services), SkipVerb.Create(services),
    ];
}
