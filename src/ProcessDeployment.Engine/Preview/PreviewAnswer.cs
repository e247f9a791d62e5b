using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Engine.Preview;

/// <summary>What a command would do, were it sent now.</summary>
internal record PreviewAnswer
{
    /// <summary>The position of the account this was judged at.</summary>
    public required long Position { get; init; }

    /// <summary>The answer the command would get, the events with the places they would have.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The connection audit, of a refused command too; left out where no licence would be taken or given back.</summary>
    public LicencePreview? Licences { get; init; }

    /// <summary>The Atoms on which another version would become effective.</summary>
    public IReadOnlyList<DownloadPreview> Downloads { get; init; } = [];

    /// <summary>What a detach, or a version that starts otherwise, would put to rest.</summary>
    public IReadOnlyList<Suspension> Suspended { get; init; } = [];

    /// <summary>Extensions that nothing is set for where a version would become effective.</summary>
    public IReadOnlyList<MissingValues> NeedsValues { get; init; } = [];

    /// <summary>Processes that are called by a route and not bundled: each is deployed by itself (#31).</summary>
    public IReadOnlyList<RoutePreview> Routes { get; init; } = [];

    /// <summary>Processes that bundle what is deployed and stay bold until they are deployed themselves; left out where nobody looked.</summary>
    public IReadOnlyList<ParentPreview>? Parents { get; init; }

    public static PreviewAnswer Of(Foreseen foreseen) => new()
    {
        Position = foreseen.Position,
        Outcome = foreseen.Outcome,
        Licences = foreseen.Decision?.Audit is { Pools.Count: > 0 } audit ? LicencePreview.Of(audit) : null,
        Downloads = [.. foreseen.Events.SelectMany(DownloadPreview.Of)],
        Suspended =
        [
            .. foreseen.Events.OfType<AtomDetached>().SelectMany(detached => detached.Suspended),
            .. from suspended in foreseen.Events.OfType<SchedulesSuspended>()
               from schedule in foreseen.Account.Attachments[suspended.Key()]!.Schedules!.Schedules
               select new Suspension(ScheduleState.Kind, schedule.Describe(), suspended.SuspendedFor.ToString()),
        ],
        NeedsValues = [.. MissingValues.After(foreseen.Events, foreseen.Account)],
        Routes = [.. foreseen.Events.OfType<VersionDeployed>().Where(deployed => deployed.RedeployOf is null).SelectMany(deployed => RoutePreview.Of(deployed, foreseen.Account))],
    };
}

/// <summary>Licences before and after a command; who holds them where it would be refused stands in the details of its refusal.</summary>
/// <param name="Mode">How strictly pools are enforced.</param>
/// <param name="Pools">Each pool the command touches.</param>
/// <param name="NetNew">Connections on Atoms that nothing needs yet.</param>
/// <param name="Freed">Connections on Atoms that nothing would need any more.</param>
internal sealed record LicencePreview(LicenceEnforcement Mode, IReadOnlyList<PoolPreview> Pools, IReadOnlyList<PairPreview> NetNew, IReadOnlyList<PairPreview> Freed)
{
    public static LicencePreview Of(LicenceAudit audit) => new(
        audit.Mode,
        [.. audit.Pools.Select(pool => new PoolPreview(
            pool.Class, pool.Classification, pool.Purchased, pool.UsedBefore, pool.UsedAfter, pool.Purchased - pool.UsedAfter))],
        [.. audit.NetNew.Select(PairPreview.Of)],
        [.. audit.Freed.Select(PairPreview.Of)]);
}

/// <summary>A pool before and after; <paramref name="AvailableAfter"/> is below 0 where more would be used than was purchased.</summary>
internal sealed record PoolPreview(ConnectorClass Class, Classification Classification, int? Purchased, int UsedBefore, int UsedAfter, int? AvailableAfter);

/// <summary>A connection on an Atom, by their names of today.</summary>
internal sealed record PairPreview(Guid ComponentId, string? Name, Guid AtomId, string? AtomName)
{
    public static PairPreview Of(LicencePair pair) => new(pair.ComponentId, null, pair.AtomId, null);
}

/// <summary>A version that would become effective on Atoms.</summary>
internal sealed record DownloadPreview(Guid ProcessId, int VersionNumber, IReadOnlyList<Guid> AtomIds)
{
    public static IEnumerable<DownloadPreview> Of(DomainEvent @event) => @event switch
    {
        VersionDeployed deployed when deployed.Targets.Any(target => target.AtomIds.Count > 0) =>
            [new(deployed.ProcessId, deployed.VersionNumber, [.. deployed.Targets.SelectMany(target => target.AtomIds)])],
        VersionPromoted promoted when promoted.Targets.Any(target => target.AtomIds.Count > 0) =>
            [new(promoted.ProcessId, promoted.VersionNumber, [.. promoted.Targets.SelectMany(target => target.AtomIds)])],
        AtomAttached { EffectiveVersion: { } version } attached => [new(attached.ProcessId, version, [attached.AtomId])],
        _ => [],
    };
}

/// <summary>What a deployed Process, or something it bundles, refers to without bundling it.</summary>
internal sealed record RoutePreview(Guid ProcessId, Guid ComponentId, string? Name)
{
    public static IEnumerable<RoutePreview> Of(VersionDeployed deployed, Account account)
    {
        var bundled = deployed.Manifest.Select(entry => entry.ComponentId).ToHashSet();
        return bundled
            .SelectMany(id => account.Component(id)!.References)
            .Where(reference => reference.Kind == ReferenceKind.Independent && !bundled.Contains(reference.ComponentId))
            .Select(reference => reference.ComponentId).Distinct()
            .Select(componentId => new RoutePreview(deployed.ProcessId, componentId, null));
    }
}

/// <summary>A Process whose current version bundles a component.</summary>
internal sealed record ParentPreview(Guid ProcessId, string Name, int VersionNumber, Guid ComponentId);
