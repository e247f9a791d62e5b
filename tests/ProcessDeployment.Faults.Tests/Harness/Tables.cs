using System.Text.Json;
using Npgsql;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Holds the tables against an independent fold of the events.</summary>
internal static class Tables
{
    /// <summary>Everything that a read model may wait for.</summary>
    private const string WhereTheyAre = """
        select string_agg(line, '; ') from (
            select format('read position of %s is %s', account_id, position) as line from process_deployment.read_position
            union all select format('%s is at %s since %s', name, last_seq_id, last_updated) from events.mt_event_progression
            union all select format('events up to %s of %s', max(seq_id), (select last_value from events.mt_events_sequence)) from events.mt_events
            union all select format('account %s is halted', account_id) from process_deployment.halted_account
            union all select format('node %s was seen at %s', node_number, health_check) from wolverine.wolverine_nodes
            union all select format('%s runs on %s', id, node_id) from wolverine.wolverine_node_assignments
            union all select format('a session is %s since %s: %s', state, xact_start, left(query, 60)) from pg_stat_activity where xact_start < now() - interval '5 seconds') t
        """;

    public static async Task EqualTheFoldAsync(NpgsqlDataSource database, string accountId, List<HistoryRow> history)
    {
        var picture = Oracle.Fold(history.Select(row => row.Recorded));
        var reached = 0L;
        try
        {
            await Until.TrueAsync(
                async () => (reached = await ScalarAsync<long>(database, "select coalesce(max(position), 0) from process_deployment.read_position where account_id = $1", accountId)) == picture.Position,
                () => $"The read models of {accountId} are at {reached} instead of {picture.Position}.");
        }
        catch (TimeoutException e)
        {
            await using var command = database.CreateCommand(WhereTheyAre);
            throw new TimeoutException($"{e.Message} {await command.ExecuteScalarAsync()}", e);
        }

        (await ProcessesAsync(database, accountId)).ShouldBe(picture.Processes.Values.Select(Line).Order(StringComparer.Ordinal).ToList(), customMessage: "the list of Processes");
        (await HoldingsAsync(database, accountId)).ShouldBe(Holdings(picture).ToList(), customMessage: "who holds licences");
        (await UsedAsync(database, accountId)).ShouldBe(
            picture.Pools.Where(pool => pool.Used > 0 || pool.Purchased is not null).Select(pool => $"{pool.Class} {pool.Classification} {pool.Used} of {pool.Purchased}").Order(StringComparer.Ordinal).ToList(), customMessage: "the pools that decisions look at");
        (await ScalarAsync<long>(database, "select position from process_deployment.account where account_id = $1", accountId)).ShouldBe(picture.Position);
    }

    private static string Line(ProcessItem process) => string.Join(
        " | ", process.ProcessId, process.Name, process.Folder, process.LatestRevision, process.CurrentVersion, string.Join(',', process.Atoms.Select(id => id.ToString()).Order(StringComparer.Ordinal)), process.RevisedSinceDeploy,
        string.Join(',', process.Reasons.Select(reason => $"{reason.Code} {reason.ComponentId} {reason.DeployedRevision}→{reason.LatestRevision}").Order(StringComparer.Ordinal)));

    private static Task<List<string>> ProcessesAsync(NpgsqlDataSource database, string accountId) => RowsAsync(
        database,
        "select process_id, name, folder, latest_revision, current_version, atom_ids, revised, reasons::text from process_deployment.process_list where account_id = $1",
        accountId,
        row => string.Join(
            " | ", row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetInt32(4),
            string.Join(',', row.GetFieldValue<Guid[]>(5).Select(id => id.ToString()).Order(StringComparer.Ordinal)), row.GetBoolean(6), Reasons(row.GetString(7))));

    private static string Reasons(string json) => string.Join(',', JsonDocument.Parse(json).RootElement.EnumerateArray()
        .Select(reason => $"{reason.GetProperty("code").GetString()} {reason.GetProperty("componentId").GetString()} {(reason.TryGetProperty("deployedRevision", out var pinned) && pinned.ValueKind == JsonValueKind.Number ? pinned.GetInt32() : null)}→{reason.GetProperty("latestRevision").GetInt32()}")
        .Order(StringComparer.Ordinal));

    private static Task<List<string>> HoldingsAsync(NpgsqlDataSource database, string accountId) => RowsAsync(
        database,
        "select class, component_id, atom_id, process_id from process_deployment.licence_holding where account_id = $1",
        accountId,
        row => $"{row.GetString(0)} {row.GetGuid(1)} {row.GetGuid(2)} {row.GetGuid(3)}");

    private static IEnumerable<string> Holdings(AccountPicture picture) =>
        (from pool in picture.Pools
         from connection in pool.Connections
         from processId in connection.ProcessIds
         select $"{pool.Class} {connection.ComponentId} {connection.AtomId} {processId}").Order(StringComparer.Ordinal);

    private static Task<List<string>> UsedAsync(NpgsqlDataSource database, string accountId) => RowsAsync(
        database,
        "select class, classification, used, purchased from process_deployment.licence_pool where account_id = $1 and (used > 0 or purchased is not null)",
        accountId,
        row => $"{row.GetString(0)} {row.GetString(1)} {row.GetInt32(2)} of {(row.IsDBNull(3) ? null : row.GetInt32(3))}");

    private static async Task<List<string>> RowsAsync(NpgsqlDataSource database, string sql, string accountId, Func<NpgsqlDataReader, string> line)
    {
        var lines = new List<string>();
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(accountId);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) lines.Add(line(rows));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource database, string sql, string accountId)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(accountId);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
