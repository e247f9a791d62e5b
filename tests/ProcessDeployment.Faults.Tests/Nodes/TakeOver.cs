using System.Diagnostics;
using Npgsql;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests.Nodes;

/// <summary>How long the duties that one engine has for all lay undone after it was killed.</summary>
internal sealed record TakeOver(TimeSpan Commands, TimeSpan ReadModels, TimeSpan Sealing)
{
    private const string Positions = "select account_id, position from process_deployment.account where account_id = any ($1)";
    private const string Projected = "select account_id, position from process_deployment.read_position where account_id = any ($1)";
    private const string Sealed = "select account_id, max(size) from ledger.head where account_id = any ($1) group by account_id";

    public TimeSpan Longest => new[] { Commands, ReadModels, Sealing }.Max();

    /// <summary>Measured from now on: the next answer on every channel, and then all that is known by then in the read models and sealed.</summary>
    public static async Task<TakeOver> MeasureAsync(string connectionString, Load load)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        var since = Stopwatch.GetTimestamp();
        // Whatever was under way before may still be answered; so many of each are certainly of after. What is wanted then was
        // written after the kill, so whoever brings it there is another one.
        var commands = await AnsweredAsync(load, since);
        var wanted = await ReadAsync(database, Positions);
        var readModels = ReachedAsync(database, Projected, wanted, since);
        var sealing = ReachedAsync(database, Sealed, wanted, since);
        return new(commands, await readModels, await sealing);
    }

    public override string ToString() => FormattableString.Invariant($"taken over after {Commands.TotalSeconds:0.0} s (commands on every channel), {ReadModels.TotalSeconds:0.0} s (read models), {Sealing.TotalSeconds:0.0} s (sealing)");

    private static async Task<TimeSpan> AnsweredAsync(Load load, long since)
    {
        await load.AnsweredAsync(1, onEachChannel: 40);
        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<TimeSpan> ReachedAsync(NpgsqlDataSource database, string question, Dictionary<string, long> wanted, long since)
    {
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        await Until.TrueAsync(
            async () =>
            {
                seen = await ReadAsync(database, question);
                return wanted.All(account => seen.GetValueOrDefault(account.Key) >= account.Value);
            },
            () => $"{string.Join(", ", wanted)} was wanted, {string.Join(", ", seen)} seen: {question}");
        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<Dictionary<string, long>> ReadAsync(NpgsqlDataSource database, string question)
    {
        await using var command = database.CreateCommand(question);
        command.Parameters.AddWithValue(new[] { Under_faults.HttpAccount, Under_faults.SqlAccount, Under_faults.AmqpAccount });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync()) found[rows.GetString(0)] = rows.GetInt64(1);
        return found;
    }
}
