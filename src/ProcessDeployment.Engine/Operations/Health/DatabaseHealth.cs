using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>Reachable, with our tables, and willing to write: a full disk or a standby answers questions but takes no command.</summary>
internal sealed class DatabaseHealth(Databases databases) : IHealthPart
{
    public string Name => "database";

    public async Task<PartHealth> CheckAsync(CancellationToken cancellation)
    {
        await using var command = databases.Shared.CreateCommand(
            """
            insert into process_deployment.health_check (only_row, checked_at) values (true, clock_timestamp())
            on conflict (only_row) do update set checked_at = excluded.checked_at
            returning to_regclass('events.mt_events') is not null and to_regclass('process_deployment.command_outcome') is not null
            """);
        return await command.ExecuteScalarAsync(cancellation) is true ? new(Healthy: true) : new(Healthy: false, "The tables of the engine are missing.");
    }
}
