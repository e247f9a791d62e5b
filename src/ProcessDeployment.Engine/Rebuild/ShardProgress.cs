using Npgsql;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Until which sequence number the projection says that the read models hold all events.</summary>
internal static class ShardProgress
{
    /// <summary>One row of one column, for whoever needs it within a statement.</summary>
    public const string Sql = $"select coalesce((select last_seq_id from events.mt_event_progression where name = '{ReadModelProjection.ProjectionName}:All'), 0)";

    public static async Task<long> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
