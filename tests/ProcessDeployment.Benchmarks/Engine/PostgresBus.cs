using System.Text;
using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>The intake table: commands sent in one transaction are there for the engine when it commits.</summary>
internal sealed class PostgresBus(BenchmarkDatabase database) : IBus
{
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _sending;

    public async Task FillAsync(IEnumerable<Revision> revisions)
    {
        _connection = new(database.ConnectionString);
        await _connection.OpenAsync();
        _sending = await _connection.BeginTransactionAsync();
        await ExecuteAsync("create temp table sent (number bigint generated always as identity, body text) on commit drop");
        await using (var copy = await _connection.BeginBinaryImportAsync("copy sent (body) from stdin (format binary)"))
        {
            foreach (var revision in revisions)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(Encoding.UTF8.GetString(revision.Next(Guid.CreateVersion7())), NpgsqlDbType.Text);
            }

            await copy.CompleteAsync();
        }

        await ExecuteAsync("select process_deployment.send_command(body) from sent order by number");
    }

    public async Task ReleaseAsync()
    {
        await _sending!.CommitAsync();
        await _connection!.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection, _sending) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }
}
