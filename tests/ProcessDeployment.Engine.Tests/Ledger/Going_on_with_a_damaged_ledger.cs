using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Tests.Http;
using ProcessDeployment.Engine.Tests.Operations;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>To what is stored of the ledger itself: nothing may be signed on top of it, and the engine goes on.</summary>
public sealed class Going_on_with_a_damaged_ledger(EngineFixture engine)
{
    [Theory]
    [InlineData("update ledger.head set root = sha256('other') where account_id = 'local'", "not those of checkpoint")]
    [InlineData("update ledger.head set size = 4 where account_id = 'local' and size = (select max(size) from ledger.head where account_id = 'local')", "not those of checkpoint")]
    [InlineData("update ledger.account set index = 1 where account_id = 'local'", "not those of checkpoint")]
    [InlineData("insert into ledger.checkpoint select number + 1, time, accounts, convert_to(replace(convert_from(payload, 'UTF8'), '\"number\":' || number, '\"number\":' || number + 1), 'UTF8'), key_id, signature from ledger.checkpoint order by number desc limit 1", "was not signed with a key of")]
    [InlineData("update ledger.run set hashes = sha256('other') || substring(hashes from 33) where account_id = 'local'", "do not make the root that was sealed")]
    [InlineData("update ledger.run set hashes = substring(hashes from 1 for 16) where account_id = 'local'", "")]
    public async Task seals_nothing_and_says_so(string sql, string detail)
    {
        var database = await engine.NewDatabaseAsync();
        var folder = engine.LedgerFolderOf(database);
        await RunAsync(database, folder, async app =>
        {
            await SendAsync(app);
            await SealedAsync(app, 1);
        });
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var command = source.CreateCommand(sql))
            (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);

        await RunAsync(database, folder, async app =>
        {
            await SendAsync(app);
            (await TroubleAsync(app)).ShouldContain(detail);
            await SendAsync(app);
            app.Services.GetRequiredService<SealerStatus>().LastNumber.ShouldBe(0);
        });
    }

    [Fact]
    public async Task lets_another_node_seal_while_this_one_has_no_key()
    {
        var database = await engine.NewDatabaseAsync();
        var folder = engine.LedgerFolderOf(database);
        await RunAsync(database, folder, async app =>
        {
            await SendAsync(app);
            await SealedAsync(app, 1);
        });

        await RunAsync(database, folder + "-keyless", async keyless =>
        {
            (await TroubleAsync(keyless)).ShouldContain("signing-key.pem");
            await RunAsync(database, folder, async app =>
            {
                await SendAsync(app);
                await SealedAsync(app, 2);
            });
        });
    }

    [Fact]
    public async Task reads_published_checkpoints_without_writing_unless_a_line_is_broken()
    {
        var folder = Directory.CreateTempSubdirectory("process-deployment-ledger-").FullName;
        using var key = new KeyFolder(folder).First();
        var (published, first) = (new PublishedFile(folder), key.Sign([1]));
        published.Append([first]);
        var whole = await File.ReadAllBytesAsync(published.Path, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(published.Path, "{\"payl", TestContext.Current.CancellationToken);

        published.Last()!.Payload.ShouldBe(first.Payload);

        (await File.ReadAllBytesAsync(published.Path, TestContext.Current.CancellationToken)).ShouldBe(whole);
        published.Last()!.Payload.ShouldBe(first.Payload);
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["checkpoints.jsonl", $"public-key-{key.Id}.pem", "signing-key.pem"], ignoreOrder: true);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> TroubleAsync(WebApplication app)
    {
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var ready = await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(http), answer => Part(answer.Body).Flag("healthy") is false);
        return Part(ready.Body).Text("detail")!;

        static System.Text.Json.JsonElement Part(System.Text.Json.JsonElement ready) => ready.Items("parts").Single(part => part.Text("name") == "ledger");
    }

    private static async Task SendAsync(WebApplication app)
    {
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var (status, body) = await http.PostTextAsync(Texts.RegisterAtom(), "application/json");
        status.ShouldBe(System.Net.HttpStatusCode.OK, body.ToString());
    }

    private static Task SealedAsync(WebApplication app, long position) => Eventually.BecomesAsync(
        () => app.Services.GetRequiredService<LedgerReader>().FirstCoveringAsync("local", position, TestContext.Current.CancellationToken), checkpoint => checkpoint is not null);

    private static async Task RunAsync(string database, string folder, Func<WebApplication, Task> during)
    {
        await using var app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], new() { Postgres = database, LedgerFolder = folder, Sample = false });
        await app.StartAsync();
        await during(app);
        await app.StopAsync();
    }
}
