using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Rebuild.Proof;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>The list of jobs, for all nodes.</summary>
internal sealed class RebuildJobs(Databases databases)
{
    private const string Columns = """
        job_id, models, account_id, verify_only, asked_in, actor, status, phase, events_read, events_total, started_at, ended_at, failure, findings,
        until_sequence, reached_sequence, accounts_done, left_to_define, extract(epoch from coalesce(ended_at, clock_timestamp()) - started_at)::float8,
        runner, script_hashes, (
            select json_agg(json_build_object('accountId', l.account_id, 'position', l.position, 'stream', l.stream, 'problem', l.problem) order by l.account_id)
            from process_deployment.rebuild_left l where l.job_id = rebuild_job.job_id)::text,
        coalesce(place, 0)
        """;

    /// <summary>Newest first.</summary>
    public async Task<List<RebuildJob>> NewestAsync(int count, CancellationToken cancellation) =>
        Beside(await ReadAsync($"select {Columns} from process_deployment.rebuild_job order by started_at desc limit {count}", cancellation), await RunningAsync(cancellation));

    public async Task<RebuildJob?> FindAsync(Guid jobId, CancellationToken cancellation) =>
        (await ReadAsync($"select {Columns} from process_deployment.rebuild_job where job_id = $1", cancellation, new NpgsqlParameter<Guid> { TypedValue = jobId })).SingleOrDefault();

    /// <summary>As operators are shown it.</summary>
    public async Task<RebuildJob?> ShownAsync(Guid jobId, CancellationToken cancellation) =>
        await FindAsync(jobId, cancellation) is { } job ? Beside([job], job.Status == "running" ? await RunningAsync(cancellation) : [])[0] : null;

    /// <summary>Those that run or wait, that of the account with the fewest events first; those of all accounts last.</summary>
    public Task<List<RebuildJob>> RunningAsync(CancellationToken cancellation) => ReadAsync(
        $"select {Columns} from process_deployment.rebuild_job where status = 'running' order by (select a.position from process_deployment.account a where a.account_id = rebuild_job.account_id) nulls last, started_at", cancellation);

    public async Task<bool> OthersAreAtWorkAsync(Guid jobId, CancellationToken cancellation) => (await RunningAsync(cancellation)).Exists(job => job.JobId != jobId && !job.IsWaiting);

    /// <summary>Whether the tables it was filling are still there: a later rebuild in the same place takes them away, and one for which events were redacted those of all places.</summary>
    public async Task<bool> IsNewestRebuildAsync(RebuildJob job, CancellationToken cancellation) => job.VerifyOnly || (await ReadAsync(
        $"""
        select {Columns} from process_deployment.rebuild_job
        where not verify_only and started_at > $1 and phase <> '{RebuildPhases.Waiting}' and (coalesce(place, 0) = $2 or coalesce(place, 0) = {RebuildPlaces.OfAll} and account_id is not null)
        limit 1
        """,
        cancellation, new NpgsqlParameter<DateTimeOffset> { TypedValue = job.StartedAt }, new NpgsqlParameter<int> { TypedValue = job.Place })).Count == 0;

    public async Task AddAsync(Guid jobId, RebuildRequest asked, Guid runner, CancellationToken cancellation, int? place = RebuildPlaces.OfAll)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await AddAsync(connection, jobId, asked, runner, cancellation, place);
    }

    /// <summary>In the transaction of what makes it necessary: whoever ends then, it is gone on with. Without a place it waits for whichever runner finds one.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, Guid jobId, RebuildRequest asked, Guid runner, CancellationToken cancellation, int? place = RebuildPlaces.OfAll)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into process_deployment.rebuild_job (job_id, models, account_id, verify_only, asked_in, actor, runner, everything, place, status, phase)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'running', $10)
            """,
            connection);
        foreach (var parameter in (NpgsqlParameter[])[
            Id(jobId), Parameters.Array([.. asked.Models]), Parameters.Optional(asked.AccountId), new NpgsqlParameter<bool> { TypedValue = asked.VerifyOnly },
            Parameters.Value(asked.AskedIn), Parameters.Value(asked.Actor), Id(runner), new NpgsqlParameter<bool> { TypedValue = asked.IsOfEverything },
            new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = (object?)place ?? DBNull.Value }, Parameters.Value(place is null ? RebuildPhases.Waiting : RebuildPhases.Preparing)]) command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Lets it run again from where it was; false when it is not as it was seen, since somebody ended it meanwhile or went on with it.</summary>
    public Task<bool> ReviveAsync(RebuildJob seen, Guid runner, CancellationToken cancellation) => ReviveAsync(seen, runner, seen.Place, cancellation);

    /// <summary>The same in a place; there what waited is at work from then on.</summary>
    public async Task<bool> ReviveAsync(RebuildJob seen, Guid runner, int place, CancellationToken cancellation) => await WriteAsync(
        $"""
        update process_deployment.rebuild_job set status = 'running', cancelling = false, ended_at = null, failure = null, runner = $2, place = $5,
            started_at = case phase when '{RebuildPhases.Waiting}' then clock_timestamp() else started_at end,
            phase = case phase when '{RebuildPhases.Waiting}' then '{RebuildPhases.Preparing}' else phase end
        where job_id = $1 and status = $3 and runner = $4 and not (phase = '{RebuildPhases.Waiting}' and cancelling)
        """,
        cancellation, Id(seen.JobId), Id(runner), Parameters.Value(seen.Status), Id(seen.Runner), new NpgsqlParameter<int> { TypedValue = place }) > 0;

    /// <summary>One that was cancelled while it waited waits again; false when it is no such one any more.</summary>
    public async Task<bool> WaitAgainAsync(Guid jobId, CancellationToken cancellation) => await WriteAsync(
        $"update process_deployment.rebuild_job set status = 'running', cancelling = false, ended_at = null where job_id = $1 and status = 'cancelled' and phase = '{RebuildPhases.Waiting}'",
        cancellation, Id(jobId)) > 0;

    /// <summary>Asks whichever node runs it to stop; false when it does not run. What waits is run by none, and ends at once.</summary>
    public async Task<bool> CancelAsync(Guid jobId, CancellationToken cancellation) => await WriteAsync(
        $"""
        update process_deployment.rebuild_job set cancelling = true,
            status = case phase when '{RebuildPhases.Waiting}' then 'cancelled' else status end, ended_at = case phase when '{RebuildPhases.Waiting}' then clock_timestamp() end
        where job_id = $1 and status = 'running'
        """,
        cancellation, new NpgsqlParameter<Guid> { TypedValue = jobId }) > 0;

    /// <summary>Says of each that runs what it waits for, or takes turns with.</summary>
    private static List<RebuildJob> Beside(IEnumerable<RebuildJob> jobs, List<RebuildJob> running) => [.. jobs.Select(job =>
    {
        var others = running.Where(other => other.JobId != job.JobId && !other.IsWaiting && !(job.IsWaiting && other.Place == RebuildPlaces.OfAll)).Select(other => other.InWords()).ToList();
        if (job.Status != "running" || others.Count == 0) return job;
        return job with { Beside = $"{(job.IsWaiting ? "waits for a place, the account with the fewest events first; at work are" : "takes turns with")} {string.Join(", ", others)}" };
    })];

    /// <summary>Said by the runner, on the connection that holds its lock: without that lock it may say nothing. True when it was asked to stop.</summary>
    public static async Task<bool> ProgressedAsync(NpgsqlConnection holder, RebuildJob job, RebuildProgress progress, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "update process_deployment.rebuild_job set phase = $2, events_read = $3, events_total = $4 where job_id = $1 and status = 'running' and runner = $5 returning cancelling", holder);
        command.Parameters.Add(Id(job.JobId));
        foreach (var parameter in (NpgsqlParameter[])[Parameters.Value(progress.Phase), Parameters.Value(progress.EventsRead), Parameters.Value(progress.EventsTotal)]) command.Parameters.Add(parameter);
        command.Parameters.Add(Id(job.Runner));
        return await command.ExecuteScalarAsync(cancellation) is bool cancelling ? cancelling : throw RebuildException.OfAnother(job.JobId);
    }

    /// <summary>False when it ended already, or another runner has it.</summary>
    public async Task<bool> EndAsync(Guid jobId, Guid runner, string status, RebuildProgress progress, string? failure, IReadOnlyList<AccountProof>? proof, CancellationToken cancellation) => await WriteAsync(
        """
        update process_deployment.rebuild_job
        set status = $2, phase = $3, events_read = $4, events_total = $5, failure = $6, findings = $7::jsonb, ended_at = clock_timestamp()
        where job_id = $1 and status = 'running' and runner = $8
        """,
        cancellation,
        new NpgsqlParameter<Guid> { TypedValue = jobId }, Parameters.Value(status), Parameters.Value(progress.Phase), Parameters.Value(progress.EventsRead),
        Parameters.Value(progress.EventsTotal), Parameters.Optional(failure), Parameters.Optional(proof is null ? null : JsonSerializer.Serialize(proof, WireJson.Options)), Id(runner)) > 0;

    private static NpgsqlParameter<Guid> Id(Guid id) => new() { TypedValue = id };

    private async Task<int> WriteAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = databases.Shared.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<List<RebuildJob>> ReadAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        var jobs = new List<RebuildJob>();
        await using var command = databases.Shared.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation)) jobs.Add(Read(row));
        return jobs;
    }

    private static RebuildJob Read(NpgsqlDataReader row)
    {
        var (read, total, seconds, running) = (row.GetInt64(8), row.GetInt64(9), row.GetDouble(18), row.GetString(6) == "running");
        var rate = read > 0 && seconds > 0 ? read / seconds : (double?)null;
        return new()
        {
            JobId = row.GetGuid(0),
            Models = row.GetFieldValue<string[]>(1),
            AccountId = row.IsDBNull(2) ? null : row.GetString(2),
            VerifyOnly = row.GetBoolean(3),
            AskedIn = row.GetString(4),
            Actor = row.GetString(5),
            Status = row.GetString(6),
            Phase = row.GetString(7),
            EventsRead = read,
            EventsTotal = total,
            EventsPerSecond = rate is { } perSecond ? Math.Round(perSecond) : null,
            SecondsLeft = running && rate > 0 && total > read ? Math.Round((total - read) / rate.Value, 1) : null,
            StartedAt = row.GetFieldValue<DateTimeOffset>(10),
            EndedAt = row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
            Failure = row.IsDBNull(12) ? null : row.GetString(12),
            Proof = row.IsDBNull(13) ? null : JsonSerializer.Deserialize<List<AccountProof>>(row.GetString(13), WireJson.Options),
            Mark = new(row.IsDBNull(14) ? null : row.GetInt64(14), row.IsDBNull(15) ? null : row.GetInt64(15), row.GetFieldValue<string[]>(16), row.GetFieldValue<string[]>(17)) { ScriptHashes = row.GetFieldValue<string[]>(20) },
            Runner = row.GetGuid(19),
            Place = row.GetInt32(22),
            Left = row.IsDBNull(21) ? null : JsonSerializer.Deserialize<List<LeftAccount>>(row.GetString(21), WireJson.Options),
        };
    }
}
