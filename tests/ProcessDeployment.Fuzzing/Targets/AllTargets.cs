using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>Every parser that faces input from outside.</summary>
internal static class AllTargets
{
    public static IReadOnlyList<Target> Targets { get; } =
    [
        new OneCommand(), new OneLine(), new ABatch(), new AComponentFile(), new StoredContents(), new ACursor(), new AToken(), new Parameters(), new RedactionPaths(),
        new AScheduleField(), new Moments(), new AnAuditBundle(), new AProof(), new UnifiedDiffs(), new AccountsOfLines(), new KeptTexts(), new WebhookAddresses(),
        new PlatformJson(), new PlatformXml(), new PlatformFilters(), new PlatformTokens(), new PlatformIds(), new PlatformMedia(), new BasicAndKeys(),
    ];
}
