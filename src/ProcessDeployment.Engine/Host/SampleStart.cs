using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Sample;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Host;

/// <summary>A fresh private database gets the sample account, so that there is something to see. What was cut off is finished at the next start.</summary>
internal sealed class SampleStart(DatabaseStart database, EngineOptions options, AccountList accounts, ICommandPipeline pipeline, TimeProvider clock, ILogger<SampleStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Sample || database.Private is not { } own || (!own.IsNew && !await IsUnfinishedAsync(stoppingToken))) return;
        await accounts.AddAsync(options.Account, stoppingToken);
        var played = await new SamplePlayer(pipeline, clock).PlayAsync(options.Account, stoppingToken);
        log.LogInformation("Sample:   {Count} commands of a made-up company were played into account {Account} (PROCESSDEPLOYMENT_SAMPLE=off leaves it empty)", played, options.Account);
    }

    private async Task<bool> IsUnfinishedAsync(CancellationToken cancellation)
    {
        var commands = SampleAccount.Commands(options.Account, clock.GetUtcNow());
        var (first, last) = (false, false);
        await using var connection = await database.Databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, options.Account);
        batch.Query(
            "select command_id from process_deployment.command_outcome where account_id = $1 and command_id = any($2)",
            row => (first, last) = (first || row.GetGuid(0) == commands[0].CommandId, last || row.GetGuid(0) == commands[^1].CommandId),
            Parameters.Array([commands[0].CommandId, commands[^1].CommandId]));
        await batch.RunAsync(cancellation);
        return first && !last;
    }
}
