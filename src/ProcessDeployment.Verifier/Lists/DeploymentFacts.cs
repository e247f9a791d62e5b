using System.Globalization;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>What follows from the events for a deployment: against the version before it, and by the rules. Null where the bundle begins too late to tell.</summary>
internal sealed record DeploymentFacts(EventFacts Event, Deployment Deployed)
{
    public string? Difference { get; init; }

    /// <summary>Who made the revisions that came in with it, in the order of bytes.</summary>
    public IReadOnlyList<string>? Revisers { get; init; }

    /// <summary>
    /// Whether somebody else made all of them: yes, no, or unknown where an actor was redacted. It takes only one to know that it
    /// is not so.
    /// </summary>
    public string? OtherReviser { get; init; }

    public bool ReasonGiven => !string.IsNullOrEmpty(Deployed.Note) || !string.IsNullOrEmpty(Event.Reason);

    public string Process => Deployed.Manifest.FirstOrDefault(entry => entry.ComponentId == Deployed.ProcessId)?.Name ?? "";

    /// <summary>The cells that a deployment and an exception of it both begin with.</summary>
    public string[] Begin => [Number(Event.Position), Event.Time, Event.Actor, Deployed.ProcessId, Process, Number(Deployed.Version)];

    /// <summary>The row of <c>deployments.csv</c>; null for a cell that is not known.</summary>
    public string?[] Row() =>
    [
        .. Begin, Deployed.Version > 1 ? Number(Deployed.Version - 1) : "", Difference, Deployed.Note ?? "", Event.Reason ?? "", Deployed.RedeployOf ?? "", Deployed.Digest,
        string.Join(' ', Deployed.AtomIds.Order(StringComparer.Ordinal)), "accepted", Yes(ReasonGiven), OtherReviser, Revisers is null ? null : string.Join(' ', Revisers),
    ];

    private static string Yes(bool kept) => kept ? "yes" : "no";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
