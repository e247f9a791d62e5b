using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Halting;

/// <summary>An engine of its own: what halts accounts is seen in the health of all.</summary>
public sealed class PoisonedExports : IAsyncLifetime
{
    internal EngineFixture Engine { get; } = new();

    public ValueTask InitializeAsync() => Engine.InitializeAsync();

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    internal Task<long> PoisonAsync(Shop shop, string type, string data) => Engine.Databases.PoisonAsync(shop.Account.Name, $"processdeployment.{type}", "Nobody.Knows, Nowhere", data);

    internal async Task HaltsAtAsync(Shop shop, long position) => await Eventually.BecomesAsync(
        () => Engine.Services.GetRequiredService<HaltedAccounts>().AllAsync(TestContext.Current.CancellationToken),
        halted => halted.Exists(account => account.AccountId == shop.Account.Name && account.Position == position && account.Problem is not null));

    /// <summary>Has each of them marked as skipped, sealed and passed over; returns where the marks are.</summary>
    internal async Task<List<long>> SkipAsync(Shop shop, params long[] positions)
    {
        var marks = new List<long>();
        using var http = new HttpClient { BaseAddress = Engine.Url, DefaultRequestHeaders = { { TestCallers.Header, Engine.Services.GetRequiredService<EngineOptions>().Account } } };
        foreach (var position in positions)
        {
            await HaltsAtAsync(shop, position);
            using var body = new StringContent($$"""{"position": {{position}}, "reason": "nobody needs it"}""", Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri($"/api/v1/halted-accounts/{shop.Account.Name}/skip", UriKind.Relative), body, TestContext.Current.CancellationToken);
            var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, said);
            marks.Add(JsonElement.Parse(said).GetProperty("notedAt").GetInt64());
        }

        await Engine.SealedAsync(shop.Account, marks[^1]);
        await Eventually.BecomesAsync(() => Engine.Services.GetRequiredService<ReadPosition>().CurrentAsync(shop.Account.Name), seen => seen >= marks[^1]);
        return marks;
    }

    /// <summary>Position 8 of an unknown type, 9 and 10 with bodies that only a lenient program would read, a save at 11; the marks lie behind the period.</summary>
    internal async Task<(Shop Shop, DateTimeOffset From, DateTimeOffset To, List<long> Marks)> PeriodAsync()
    {
        var shop = await Shop.OpenAsync(Engine);
        var from = await Engine.NowAsync();
        (await PoisonAsync(shop, "invented.v1", "{}")).ShouldBe(8);
        await PoisonAsync(shop, "atom-registered.v1", """{"atomId": 5}""");
        await PoisonAsync(shop, "atom-renamed.v1", $$"""{"atomId": "{{shop.Production}}", "name": 5}""");
        await shop.Account.SendAsync(shop.SaveOrders("Orders again"));
        var to = await Engine.NowAsync();
        await shop.Account.SendAsync(new RenameAtom { AtomId = shop.Backup, Name = "Backup of the backup" });
        return (shop, from, to, await SkipAsync(shop, 8, 9, 10));
    }
}
