using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>
/// A long past in one account: twenty events a stream, with manifests of six components as real ones have them. Written
/// straight into the log, since bringing it in as commands would take longer than all that is measured.
/// </summary>
internal sealed class LongLog(string accountId, int events, int streams)
{
    private const int Atoms = 100;
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly int _shared = streams / 10;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly int[] _revisions = new int[streams];
    private readonly int[] _versions = new int[streams];

    private int Processes => streams - _shared - Atoms;

    /// <param name="database">Whose log it is; it must be empty.</param>
    /// <param name="clustered">Stream after stream, as an import leaves them; else one event of each in turn, as life does.</param>
    public async Task WriteAsync(BenchmarkDatabase database, bool clustered)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await database.ExecuteAsync("insert into process_deployment.account (account_id) values ($1) on conflict do nothing", accountId);
        await using (var writing = await connection.BeginBinaryImportAsync("copy pg_temp.log from stdin (format binary)".Replace("pg_temp.log", await StagingAsync(connection), StringComparison.Ordinal)))
        {
            writing.Timeout = TimeSpan.FromHours(1);
            var position = 0L;
            foreach (var happened in History(clustered).Take(events)) await WriteAsync(writing, happened, ++position);
            await writing.CompleteAsync();
        }

        await using var put = new NpgsqlCommand("""
            insert into events.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
            select tenant_id, stream_id, split_part(stream_id, '/', 1), max(version), max(time), min(time), false from log group by 1, 2;
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
            select position, id, stream_id, version, data, type, time, tenant_id, dotnet_type, id::text, id::text, jsonb_build_object('position', position, 'commandId', id, 'channel', 'http', 'source', '//benchmark'), actor, false
            from log order by position;
            select setval('events.mt_events_sequence', (select max(position) from log));
            delete from events.mt_event_progression;
            insert into events.mt_event_progression (name, last_seq_id) select n, max(position) from log, unnest(array['HighWaterMark', 'read-models:All']) n group by n;
            update process_deployment.account a set position = l.position, last_time = l.time from (select max(position) as position, max(time) as time, tenant_id from log group by tenant_id) l where a.account_id = l.tenant_id;
            insert into process_deployment.read_position select tenant_id, max(position), max(time) from log group by tenant_id;
            drop table log
            """, connection) { CommandTimeout = 0 };
        await put.ExecuteNonQueryAsync();
        await database.ExecuteAsync("vacuum analyze events.mt_events");
        await database.ExecuteAsync("vacuum analyze events.mt_streams");
    }

    private static async Task<string> StagingAsync(NpgsqlConnection connection)
    {
        await using var make = new NpgsqlCommand("create temp table log (tenant_id text, position bigint, id uuid, stream_id text, version bigint, data jsonb, type text, time timestamptz, dotnet_type text, actor text)", connection);
        await make.ExecuteNonQueryAsync();
        return "log";
    }

    private async Task WriteAsync(NpgsqlBinaryImporter writing, DomainEvent happened, long position)
    {
        var (stream, known) = (happened.StreamName(), EventTypes.Of(happened));
        _numbers[stream] = _numbers.GetValueOrDefault(stream) + 1;
        await writing.StartRowAsync();
        await writing.WriteAsync(accountId, NpgsqlDbType.Text);
        await writing.WriteAsync(position, NpgsqlDbType.Bigint);
        await writing.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
        await writing.WriteAsync(stream, NpgsqlDbType.Text);
        await writing.WriteAsync((long)_numbers[stream], NpgsqlDbType.Bigint);
        await writing.WriteAsync(JsonSerializer.Serialize(happened, happened.GetType(), WireJson.Options), NpgsqlDbType.Jsonb);
        await writing.WriteAsync(known.WireName, NpgsqlDbType.Text);
        await writing.WriteAsync(Start.AddSeconds(position), NpgsqlDbType.TimestampTz);
        await writing.WriteAsync(known.DotNetName, NpgsqlDbType.Text);
        await writing.WriteAsync(position % 3 == 0 ? "kim@example.com" : "ci@example.com", NpgsqlDbType.Text);
    }

    private IEnumerable<DomainEvent> History(bool clustered)
    {
        for (var atom = 0; atom < Atoms; atom++) yield return new AtomRegistered { AtomId = Id('a', atom), Name = $"Atom {atom}", AtomType = AtomType.Atom, TimeZone = "UTC" };
        for (var shared = 0; shared < _shared; shared++) yield return Saved(Processes + shared);
        if (clustered)
        {
            for (var shared = 0; shared < _shared; shared++)
                for (var save = 0; save < 6; save++) yield return Saved(Processes + shared);
            for (var process = 0; process < Processes; process++)
                for (var step = 0; step < 22; step++) yield return Step(process, step);
        }

        for (var step = 0; ; step++)
        {
            for (var process = 0; process < Processes; process++) yield return Step(process, step);
            for (var shared = step % 3; shared < _shared; shared += 3) yield return Saved(Processes + shared);
        }
    }

    /// <summary>Saved, attached twice, deployed; from then on saved, deployed, attached and detached in turn.</summary>
    private DomainEvent Step(int process, int step) => step switch
    {
        0 => Saved(process),
        1 => Attached(process, 0),
        2 => Attached(process, 1),
        3 => Deployed(process),
        _ => (step % 6) switch
        {
            4 => Saved(process),
            5 => Saved(process),
            0 => Deployed(process),
            1 => Attached(process, 2),
            2 => Saved(process),
            _ => new AtomDetached { ProcessId = Id('c', process), AtomId = AtomOf(process, 2), FormerVersion = _versions[process], Suspended = [], LicencesFreed = [] },
        },
    };

    private AtomAttached Attached(int process, int turn) =>
        new() { ProcessId = Id('c', process), AtomId = AtomOf(process, turn), EffectiveVersion = _versions[process] == 0 ? null : _versions[process], Audit = _versions[process] == 0 ? null : Audit };

    private RevisionMade Saved(int component) => new()
    {
        ComponentId = Id('c', component),
        ComponentType = component < Processes ? "process" : "connector-settings",
        Name = NameOf(component),
        Folder = $"Sales/Region {component % 40}",
        Revision = ++_revisions[component],
        References = component < Processes ? [.. Uses(component).Select(used => new ComponentReference(Id('c', used), ReferenceKind.Dependent))] : [],
        Connector = component < Processes ? null : new("http", ConnectorClass.Standard),
        Extensions = [],
        ContentHash = Hash(component),
    };

    private VersionDeployed Deployed(int process) => new()
    {
        ProcessId = Id('c', process),
        VersionNumber = ++_versions[process],
        Digest = Hash(process),
        ContentDigest = Hash(process),
        Manifest = [.. Uses(process).Prepend(process).Select(Entry)],
        Targets = [new(null, [AtomOf(process, 0), AtomOf(process, 1)])],
        Audit = Audit,
    };

    private static LicenceAudit Audit { get; } = new() { Mode = LicenceEnforcement.Strict, Pools = [], NetNew = [], Freed = [] };

    private ManifestEntry Entry(int component) => new()
    {
        ComponentId = Id('c', component),
        ComponentType = component < Processes ? "process" : "connector-settings",
        Name = NameOf(component),
        Revision = _revisions[component],
        ContentHash = Hash(component),
        Connector = component < Processes ? null : new("http", ConnectorClass.Standard, Exempt: false),
    };

    private IEnumerable<int> Uses(int process) => Enumerable.Range(0, 5).Select(turn => Processes + (((process * 7) + (turn * 131)) % _shared)).Distinct();

    private static string NameOf(int component) => $"Orders {component:00000}";

    private string Hash(int component) => $"{_revisions[component]:x8}{component:x8}".PadRight(64, '0');

    private static Guid AtomOf(int process, int turn) => Id('a', (process + (turn * 37)) % Atoms);

    private static Guid Id(char kind, int number) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"0193f2b0-{kind}000-7000-8000-{number:x12}"));
}
