using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Operations.Settings;

/// <summary>Notes in the history of the operator's account when the engine starts with other settings than before. The first start has nothing to compare with.</summary>
internal sealed class SettingsWatch(Databases databases, IOperationsLog operations, EngineOptions options) : BackgroundService
{
    private const string Known = "select name, value from process_deployment.known_setting where account_id = $1";

    private const string Keep = """
        insert into process_deployment.known_setting (account_id, name, value) select $1, s.name, s.value from unnest($2, $3) as s(name, value)
        on conflict (account_id, name) do update set value = excluded.value
        """;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => CompareAsync(SettingsInWords.Of(options), stoppingToken);

    /// <summary>Noted first and kept then: a stop in between notes it once more at the next start, which is better than not at all.</summary>
    internal async Task CompareAsync(IReadOnlyDictionary<string, string?> today, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        var former = new Dictionary<string, string?>(StringComparer.Ordinal);
        await using (var look = new AccountBatch(connection, options.Account))
        {
            look.Query(Known, row => former[row.GetString(0)] = row.IsDBNull(1) ? null : row.GetString(1));
            await look.RunAsync(cancellation);
        }

        var changes = today.Where(setting => former.GetValueOrDefault(setting.Key) != setting.Value)
            .Select(setting => new SettingChange(setting.Key, former.GetValueOrDefault(setting.Key), setting.Value)).ToList();
        if (changes.Count == 0) return;
        if (former.Count > 0) await operations.RecordAsync(options.Account, options.Actor, new SettingsChanged { Changes = changes }, cancellation);
        await using var keep = new AccountBatch(connection, options.Account);
        keep.Execute(Keep, Parameters.Array([.. today.Keys]), Parameters.Array([.. today.Values]));
        await keep.RunAsync(cancellation);
    }
}
