using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// How far a job is, moved in the transactions that bring it there. It is the fence too: a runner that lost its lock may
/// still be at work, and a transaction in which it may not move the mark is not committed.
/// </summary>
internal sealed class JobMark(RebuildJob job)
{
    private const string Mine = "job_id = $1 and status = 'running' and runner = $2";

    private const string Move = $"""
        update process_deployment.rebuild_job set until_sequence = $3, reached_sequence = $4, accounts_done = $5, left_to_define = $6, script_hashes = $7
        where {Mine}
        """;

    public RebuildMark Now { get; private set; } = job.Mark;

    /// <summary>The accounts that the job leaves as they are; kept as it moves.</summary>
    public LeftAccounts Left { get; } = new(job.JobId);

    /// <summary>Forgets it, when there is nothing to go on with. What is written is not changed before it is moved.</summary>
    public void StartAnew() => Now = RebuildMark.None;

    public async Task MoveAsync(NpgsqlConnection connection, RebuildMark mark, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Move, connection);
        AddMine(command);
        command.Parameters.AddWithValue((object?)mark.Until ?? DBNull.Value);
        command.Parameters.AddWithValue((object?)mark.Reached ?? DBNull.Value);
        foreach (var list in (IReadOnlyList<string>[])[mark.AccountsDone, mark.LeftToDefine, mark.ScriptHashes]) command.Parameters.Add(Parameters.Array([.. list]));
        await OneAsync(command, cancellation);
        await Left.KeepAsync(connection, cancellation);
        Now = mark;
    }

    /// <summary>Where there is nothing to move: nobody else goes on with the job before the transaction ends.</summary>
    public async Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"update process_deployment.rebuild_job set runner = runner where {Mine}", connection);
        AddMine(command);
        await OneAsync(command, cancellation);
    }

    /// <summary>In the transaction that puts the new tables in their place.</summary>
    public async Task ExchangedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"update process_deployment.rebuild_job set reached_sequence = {RebuildMark.Exchanged} where {Mine}", connection);
        AddMine(command);
        await OneAsync(command, cancellation);
    }

    private void AddMine(NpgsqlCommand command)
    {
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = job.JobId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = job.Runner });
    }

    private async Task OneAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        if (await command.ExecuteNonQueryAsync(cancellation) != 1) throw RebuildException.OfAnother(job.JobId);
    }
}
