using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Rebuild.Proof;
using ProcessDeployment.Engine.Tests.ReadModels;

namespace ProcessDeployment.Engine.Tests.Rebuild;

/// <summary>Accounts with a past that came in as commands, so that events, read models and current state are the engine's own.</summary>
internal static class Histories
{
    /// <summary>Sends a history at random and waits until the read models show it.</summary>
    public static async Task<TestAccount> WithHistoryAsync(this EngineFixture engine, int seed, int length)
    {
        var account = await engine.NewAccountAsync();
        string[] actors = ["kim", "ana", "ci"];
        var position = 0L;
        foreach (var (command, turn) in RandomHistory.CommandsOf(seed, length).Select((command, turn) => (command, turn)))
            position = (await account.SendAsync(command with { Actor = actors[turn % 3], Reason = command.Reason ?? (turn % 5 == 0 ? "go-live" : null) }, RandomHistory.CommandId(turn + 1))).Position;
        await Eventually.BecomesAsync(() => engine.Services.GetRequiredService<ReadPosition>().CurrentAsync(account.Name), seen => seen == position);
        return account;
    }

    public static Task<AccountProof> ProveAsync(this EngineFixture engine, TestAccount account) => engine.Services.GetRequiredService<Prover>()
        .ProveAsync(account.Name, [.. RebuildModel.All.SelectMany(model => model.Proofs)], proved: null, TestContext.Current.CancellationToken);

    public static async Task ExecuteAsync(this TestAccount account, EngineFixture engine, string sql)
    {
        await using var command = engine.Databases.Shared.CreateCommand(sql);
        command.Parameters.AddWithValue(account.Name);
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    /// <summary>The rows on which the proof of a job found differences.</summary>
    public static IReadOnlyList<JsonElement> Differing(this JsonElement job) =>
        [.. from account in job.GetProperty("proof").EnumerateArray() from table in account.GetProperty("tables").EnumerateArray() from row in table.GetProperty("shown").EnumerateArray() select row];

    /// <summary>What is wrong, as lines to compare.</summary>
    public static IEnumerable<string> Lines(this AccountProof proof) =>
        from table in proof.Tables
        from row in table.Shown
        select $"{table.Table} {row.Key} {row.Kind} {string.Join(", ", row.Members.Select(m => $"{m.Column} {m.Held} ought to be {m.Ought}"))}".TrimEnd();
}
