using System.Diagnostics;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Events.Projections;
using Npgsql;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>The list and the listing by Atom as Marten's own projections make them, without the bold flag, rebuilt by Marten's own daemon from the same log.</summary>
internal static class MartenRebuild
{
    /// <param name="database">Whose log it is.</param>
    /// <param name="best">With the settings that were found to be best, else as it comes.</param>
    public static async Task<TimeSpan> RunAsync(BenchmarkDatabase database, bool best)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var store = DocumentStore.For(options =>
        {
            options.Connection(source);
            EventStore.Configure(options);
            options.DatabaseSchemaName = "peer";
            options.Projections.Add(Tuned(new PeerProcesses(), best), ProjectionLifecycle.Async);
            options.Projections.Add(Tuned(new PeerAtoms(), best), ProjectionLifecycle.Async);
        });
        await source.ExecuteAsync("create schema if not exists peer");
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        using var daemon = await store.BuildProjectionDaemonAsync();
        var since = Stopwatch.GetTimestamp();
        await daemon.RebuildProjectionAsync<PeerProcesses>(CancellationToken.None);
        await daemon.RebuildProjectionAsync<PeerAtoms>(CancellationToken.None);
        return Stopwatch.GetElapsedTime(since);
    }

    private static T Tuned<T>(T projection, bool best)
        where T : ProjectionBase
    {
        if (!best) return projection;
        projection.Options.BatchSize = 5_000;
        projection.Options.MaximumHopperSize = 15_000;
        projection.Options.RebuildFlushThreshold = 50_000;
        projection.Options.CacheLimitPerTenant = 50_000;
        return projection;
    }

    private static async Task ExecuteAsync(this NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A row of the list.</summary>
public sealed class PeerProcess
{
    public string Id { get; set; } = "";
    public string Name { get; set; } = "";
    public string? Folder { get; set; }
    public int LatestRevision { get; set; }
    public string SavedBy { get; set; } = "";
    public DateTimeOffset SavedAt { get; set; }
    public int? CurrentVersion { get; set; }
    public string? DeployedBy { get; set; }
    public DateTimeOffset? DeployedAt { get; set; }
    public List<Guid> AtomIds { get; set; } = [];
}

public sealed partial class PeerProcesses : SingleStreamProjection<PeerProcess, string>
{
    public override PeerProcess? Evolve(PeerProcess? snapshot, string id, IEvent e)
    {
        switch (e.Data)
        {
            case RevisionMade { ComponentType: "process" } made:
                snapshot ??= new() { Id = id };
                (snapshot.Name, snapshot.Folder, snapshot.LatestRevision, snapshot.SavedBy, snapshot.SavedAt) = (made.Name, made.Folder, made.Revision, e.UserName ?? "", e.Timestamp);
                return snapshot;
            case VersionDeployed deployed when snapshot is not null:
                (snapshot.CurrentVersion, snapshot.DeployedBy, snapshot.DeployedAt) = (deployed.VersionNumber, e.UserName, e.Timestamp);
                return snapshot;
            case AtomAttached attached when snapshot is not null:
                snapshot.AtomIds.Add(attached.AtomId);
                return snapshot;
            case AtomDetached detached when snapshot is not null:
                snapshot.AtomIds.Remove(detached.AtomId);
                return snapshot;
            default:
                return snapshot;
        }
    }
}

/// <summary>What is and was attached to an Atom.</summary>
public sealed class PeerAtom
{
    public string Id { get; set; } = "";
    public List<PeerAttachment> Attachments { get; set; } = [];
}

public sealed class PeerAttachment
{
    public Guid ProcessId { get; set; }
    public string AttachedBy { get; set; } = "";
    public DateTimeOffset AttachedAt { get; set; }
    public string? DetachedBy { get; set; }
    public DateTimeOffset? DetachedAt { get; set; }
}

public sealed partial class PeerAtoms : MultiStreamProjection<PeerAtom, string>
{
    public PeerAtoms()
    {
        // A document for each pair of Process and Atom: one for each Atom would grow by every attachment there ever was.
        Identity<AtomAttached>(attached => $"{attached.AtomId}/{attached.ProcessId}");
        Identity<AtomDetached>(detached => $"{detached.AtomId}/{detached.ProcessId}");
    }

    public override PeerAtom? Evolve(PeerAtom? snapshot, string id, IEvent e)
    {
        snapshot ??= new() { Id = id };
        if (e.Data is AtomAttached attached) snapshot.Attachments.Add(new() { ProcessId = attached.ProcessId, AttachedBy = e.UserName ?? "", AttachedAt = e.Timestamp });
        else if (e.Data is AtomDetached && snapshot.Attachments is [.., var last]) (last.DetachedBy, last.DetachedAt) = (e.UserName, e.Timestamp);
        return snapshot;
    }
}
