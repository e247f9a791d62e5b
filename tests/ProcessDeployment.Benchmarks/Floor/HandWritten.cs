using System.Globalization;
using System.Reflection;
using Npgsql;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Floor;

/// <summary>
/// The whole command by hand: read state and stream version, begin, move the stream if it is where it was, insert the event,
/// write the state, write the outcome under the command id, commit. Seven round trips, each statement prepared.
/// </summary>
internal sealed class HandWritten : IAsyncDisposable
{
    private readonly List<FloorConnection> _connections = [];
    private readonly List<FloorItem> _items;
    private readonly BenchmarkDatabase _database;
    private long _written;

    private HandWritten(BenchmarkDatabase database, List<FloorItem> items) => (_database, _items) = (database, items);

    /// <summary>Copies what the engine wrote for an account, and prepares the connections.</summary>
    public static async Task<HandWritten> PrepareAsync(BenchmarkDatabase database, string accountId, int connections)
    {
        using var script = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("floor.sql")!);
        await database.ExecuteAsync(await script.ReadToEndAsync());
        await database.ExecuteAsync("insert into floor.mt_streams select * from events.mt_streams where tenant_id = $1", accountId);
        await database.ExecuteAsync("insert into floor.mt_events select * from events.mt_events where tenant_id = $1", accountId);
        await database.ExecuteAsync("insert into floor.component_state select * from process_deployment.component_state where account_id = $1", accountId);
        await database.ExecuteAsync("insert into floor.command_outcome select * from process_deployment.command_outcome where account_id = $1", accountId);
        await database.ExecuteAsync("select setval('floor.mt_events_sequence', (select max(seq_id) from floor.mt_events))");
        foreach (var table in new[] { "mt_streams", "mt_events", "component_state", "command_outcome" }) await database.ExecuteAsync($"vacuum analyze floor.{table}");

        var items = new List<FloorItem>();
        await foreach (var row in database.RowsAsync(
            """
            select distinct on (e.stream_id) s.component_id, e.stream_id, e.data::text, e.headers::text, s.state::text, e.type, e.mt_dotnet_type, e.version
            from floor.component_state s join floor.mt_events e on e.tenant_id = s.account_id and e.stream_id = 'component/' || s.component_id
            where s.account_id = $1 and s.state ->> 'componentType' = 'process' order by e.stream_id, e.version desc
            """,
            accountId))
        {
            items.Add(FloorItem.Of(row));
        }

        var last = await database.ScalarAsync<long>("select max((headers ->> 'position')::bigint) from floor.mt_events");
        var floor = new HandWritten(database, items);
        var positions = new Positions(last);
        for (var i = 0; i < connections; i++) floor._connections.Add(await FloorConnection.OpenAsync(database.ConnectionString, accountId, positions));
        return floor;
    }

    public async Task<Run> RunAsync(int connections, TimeSpan duration)
    {
        // Each worker has Processes of its own: nobody waits for a row.
        var next = Enumerable.Range(0, connections).ToArray();
        var run = await ClosedLoop.RunAsync(connections, duration, () => Cpu.Of(Environment.ProcessId, _database), async worker =>
        {
            var item = _items[next[worker]];
            next[worker] = next[worker] + connections < _items.Count ? next[worker] + connections : worker;
            await _connections[worker].ReviseAsync(item);
        });
        _written += run.Commands;
        return run;
    }

    /// <summary>Every command of every run must have left its rows.</summary>
    public async Task CheckAsync(string accountId)
    {
        var behind = await _database.ScalarAsync<long>(
            """
            select count(*) from floor.mt_streams t join floor.component_state s on t.id = 'component/' || s.component_id
            where t.version <> s.stream_version or t.version <> (s.state ->> 'revision')::int
               or t.version <> (select count(*) from floor.mt_events e where e.tenant_id = t.tenant_id and e.stream_id = t.id)
            """);
        var seeded = await _database.ScalarAsync<long>("select count(*) from floor.command_outcome where account_id = $1 and source <> 'floor'", accountId);
        var outcomes = await _database.ScalarAsync<long>("select count(*) from floor.command_outcome");
        if (behind != 0 || outcomes != seeded + _written) throw new InvalidOperationException($"The floor's end state is wrong: {behind} streams, {outcomes} outcomes for {seeded} + {_written} commands.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
    }
}

/// <summary>A Process as the floor writes it: the engine's own bytes with the revision left open.</summary>
internal sealed record FloorItem(Guid ComponentId, string Stream, Template Data, Template State, string Type, string DotNetType)
{
    public static FloorItem Of(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), Template.Of(row.GetString(2)), Template.Of(row.GetString(4)), row.GetString(5), row.GetString(6));
}

/// <summary>JSON with a hole where its revision goes.</summary>
internal sealed record Template(string Before, string After)
{
    public static Template Of(string json)
    {
        const string Member = "\"revision\": ";
        var from = json.IndexOf(Member, StringComparison.Ordinal) + Member.Length;
        var to = from;
        while (char.IsDigit(json[to])) to++;
        return new(json[..from], json[to..]);
    }

    public string With(long revision) => string.Concat(Before, revision.ToString(CultureInfo.InvariantCulture), After);
}

/// <summary>Positions for the floor: it has the unique index on them but hands them out in memory, which costs nothing.</summary>
internal sealed class Positions(long last)
{
    private long _last = last;

    public long Next() => Interlocked.Increment(ref _last);
}
