using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Processes;

/// <summary>The connection audit of a command, as it was judged then.</summary>
public sealed record LicenceAudit
{
    public required LicenceEnforcement Mode { get; init; }

    /// <summary>Each pool that the command touches, ordered by class and classification.</summary>
    public required IReadOnlyList<AuditedPool> Pools { get; init; }

    /// <summary>Connections on Atoms that this event is about, that nothing needed before and something needs now.</summary>
    public required IReadOnlyList<LicencePair> NetNew { get; init; }

    /// <summary>Connections on Atoms that this event is about, that something needed before and nothing needs now.</summary>
    public required IReadOnlyList<LicencePair> Freed { get; init; }

    /// <summary>The pools of the whole command with the pairs of one event: 100 events that each repeat all pairs would grow with the square.</summary>
    internal LicenceAudit Of(Func<LicencePair, bool> concerns) => this with { NetNew = [.. NetNew.Where(concerns)], Freed = [.. Freed.Where(concerns)] };
}

/// <summary>One pool before and after a command.</summary>
/// <param name="Class">Connector class.</param>
/// <param name="Classification">Production or test.</param>
/// <param name="Purchased">Null for a pool that was never set: it is not audited.</param>
/// <param name="UsedBefore">Pairs used before.</param>
/// <param name="UsedAfter">Pairs used after.</param>
public sealed record AuditedPool(ConnectorClass Class, Classification Classification, int? Purchased, int UsedBefore, int UsedAfter);
