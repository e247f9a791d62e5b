using Npgsql;

namespace ProcessDeployment.Engine.Halting;

/// <summary>The events that were marked as skipped, of all accounts: few, if any.</summary>
internal sealed class SkippedEvents
{
    private readonly Dictionary<(string AccountId, long Position), PassedOver> _events = [];

    public static SkippedEvents Read(NpgsqlConnection connection)
    {
        var skipped = new SkippedEvents();
        using var command = new NpgsqlCommand("select account_id, position, stream, actor, reason from process_deployment.skipped_event", connection);
        using var row = command.ExecuteReader();
        while (row.Read()) skipped._events[(row.GetString(0), row.GetInt64(1))] = new(row.GetString(2), row.GetString(3), row.GetString(4));
        return skipped;
    }

    /// <summary>What stands in the place of the event; null for any other.</summary>
    public PassedOver? At(string accountId, long position) => _events.Count == 0 ? null : _events.GetValueOrDefault((accountId, position));
}
