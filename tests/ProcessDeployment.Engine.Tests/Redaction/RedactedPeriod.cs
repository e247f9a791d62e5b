using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Export;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Redaction;

/// <summary>A closed period with an event to redact.</summary>
internal static class RedactedPeriod
{
    /// <summary>Redacts position 8, and waits until that is sealed; where it is noted.</summary>
    public static async Task<long> RedactedAsync(this EngineFixture engine, Shop shop, params string[] members)
    {
        var at = (await engine.RedactAsync(shop.Account, 8, members)).Redactions[0].NotedAt;
        await engine.SealedAsync(shop.Account, at);
        return at;
    }

    /// <summary>Written anew, whatever is kept.</summary>
    public static async Task<byte[]> WrittenAsync(this EngineFixture engine, Shop shop, DateTimeOffset from, DateTimeOffset to)
    {
        var latest = await engine.Ledger().LatestAsync(shop.Account.Name, TestContext.Current.CancellationToken);
        var scope = await engine.Services.GetRequiredService<ExportScopes>().FindAsync(shop.Account.Name, from, to, latest!, TestContext.Current.CancellationToken);
        var written = new MemoryStream();
        await engine.Services.GetRequiredService<ExportWriter>().WriteAsync(scope, written, static _ => { }, TestContext.Current.CancellationToken);
        return written.ToArray();
    }

    public static async Task ExecuteAsync(this EngineFixture engine, Shop shop, string sql)
    {
        await using var command = engine.Owner.CreateCommand(sql);
        command.Parameters.AddWithValue(shop.Account.Name);
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    /// <summary>A period that is over and holds position 8 alone, a deployment with Jane Doe all over it; one event follows.</summary>
    public static async Task<(Shop Shop, DateTimeOffset From, DateTimeOffset To)> PeriodAsync(this EngineFixture engine)
    {
        var shop = await Shop.OpenAsync(engine);
        var from = await engine.NowAsync();
        await shop.DoAsync(Shop.Deploy(shop.Orders, "as Jane Doe asked") with { Actor = "jane.doe@example.com", Reason = "Jane Doe wants it" });
        var to = await engine.NowAsync();
        await shop.DoAsync(new RenameAtom { AtomId = shop.Backup, Name = "Backup of the backup" });
        await engine.SettledAsync(shop.Account, shop.Position);
        return (shop, from, to);
    }
}
