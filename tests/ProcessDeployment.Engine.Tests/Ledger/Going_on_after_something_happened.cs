using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Tests.Http;
using ProcessDeployment.Engine.Tests.Operations;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>To an engine with a database and a ledger folder of its own.</summary>
public sealed class Going_on_after_something_happened(EngineFixture engine)
{
    private static readonly Guid Atom = Guid.CreateVersion7();

    [Fact]
    public async Task to_a_backup_that_was_restored_is_refused_and_when_it_was_forced_found()
    {
        var database = await engine.NewDatabaseAsync();
        var (folder, elsewhere) = (engine.LedgerFolderOf(database), engine.LedgerFolderOf(database) + "-elsewhere");
        var (restored, yesterday) = (With(database, "_restored"), (AccountCheckpoint?)null);
        await RunAsync(database, folder, async app =>
        {
            await SendAsync(app, 0, 10);
            yesterday = await SealedAsync(app, 10);
        });
        // A database can only be copied while nobody is connected.
        await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Name(database)}'");
        await ExecuteAsync($"create database {Name(restored)} template {Name(database)}");
        AccountCheckpoint? today = null;
        await RunAsync(database, folder, async app =>
        {
            await SendAsync(app, 10, 5);
            today = await SealedAsync(app, 15);
        });

        await RunAsync(restored, folder, async app =>
        {
            using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
            var ready = await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(http), answer => Ledger(answer.Body).Flag("healthy") is false);
            Ledger(ready.Body).Text("detail")!.ShouldContain("was set back to an older state");
        });

        // Whoever moves the folder away goes on with the same key.
        Directory.CreateDirectory(elsewhere);
        File.Copy(Path.Combine(folder, "signing-key.pem"), Path.Combine(elsewhere, "signing-key.pem"));
        await RunAsync(restored, elsewhere, async app =>
        {
            await SendAsync(app, 100, 8);
            var checkpoint = await SealedAsync(app, 18);
            await using var connection = new NpgsqlConnection(restored);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            using var bundle = await TestBundle.ExportAsync(connection, app.Services.GetRequiredService<LedgerReader>(), "local", checkpoint);
            string Keep(string name, AccountCheckpoint kept) => bundle.Write(name, JsonSerializer.Serialize(kept, WireJson.Options));

            (await bundle.VerifyAsync("--checkpoint", Keep("yesterday.json", yesterday!))).ShouldBeProven();
            (await bundle.VerifyAsync("--checkpoint", Keep("yesterday.json", yesterday!), "--checkpoint", Keep("today.json", today!))).ShouldBeAltered(11);
            (await bundle.VerifyAsync("--published", Path.Combine(elsewhere, "checkpoints.jsonl"))).ShouldBeProven();
            (await bundle.VerifyAsync("--published", Path.Combine(folder, "checkpoints.jsonl"), "--published", Path.Combine(elsewhere, "checkpoints.jsonl"))).ShouldBeAltered();
        });
    }

    [Fact]
    public async Task without_its_key_does_not_seal_and_says_so()
    {
        var database = await engine.NewDatabaseAsync();
        var folder = engine.LedgerFolderOf(database);
        await RunAsync(database, folder, async app =>
        {
            await SendAsync(app, 0, 1);
            await SealedAsync(app, 1);
        });
        File.Delete(Path.Combine(folder, "signing-key.pem"));

        await RunAsync(database, folder, async app =>
        {
            using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
            var ready = await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(http), answer => Ledger(answer.Body).Flag("healthy") is false);
            Ledger(ready.Body).Text("detail")!.ShouldContain("signing-key.pem");
        });
    }

    [Fact]
    public async Task after_a_crash_publishes_what_was_sealed_and_not_published()
    {
        var database = await engine.NewDatabaseAsync();
        var folder = engine.LedgerFolderOf(database);
        var published = Path.Combine(folder, "checkpoints.jsonl");
        await RunAsync(database, folder, async app =>
        {
            await SendAsync(app, 0, 1);
            await SealedAsync(app, 1);
        });
        var all = await File.ReadAllTextAsync(published, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(published, all[..^100], TestContext.Current.CancellationToken);

        await RunAsync(database, folder, async app =>
        {
            await SendAsync(app, 1, 1);
            await SealedAsync(app, 2);
        });

        (await File.ReadAllTextAsync(published, TestContext.Current.CancellationToken)).ShouldStartWith(all);
    }

    [Fact]
    public async Task to_an_account_that_misses_a_position_stops_sealing_it_and_names_the_position()
    {
        var database = await engine.NewDatabaseAsync();
        await RunAsync(database, engine.LedgerFolderOf(database), async app =>
        {
            await SendAsync(app, 0, 3);
            await SealedAsync(app, 3);
            await ChangeAsync(database, "update process_deployment.account set position = position + 1 where account_id = 'local'");
            await SendAsync(app, 3, 1);

            using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
            var ready = await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(http), answer => Ledger(answer.Body).Flag("healthy") is false);
            Ledger(ready.Body).Text("detail")!.ShouldBe("Account local has no event at position 4, but is at 5: it is not sealed any further.");

            // Mended, it is sealed again, and the alarm is over.
            await ChangeAsync(database, "update events.mt_events set headers = jsonb_set(headers, '{position}', '4') where tenant_id = 'local' and (headers ->> 'position')::bigint = 5");
            await ChangeAsync(database, "update process_deployment.account set position = 4 where account_id = 'local'");
            await SealedAsync(app, 4);
            await SendAsync(app, 4, 1);
            await SealedAsync(app, 5);
            await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(http), answer => Ledger(answer.Body).Flag("healthy") is true);
        });
    }

    [Fact]
    public async Task to_the_position_of_an_account_that_is_set_back_raises_the_alarm_until_it_is_put_right()
    {
        var database = await engine.NewDatabaseAsync();
        await RunAsync(database, engine.LedgerFolderOf(database), async app =>
        {
            await SendAsync(app, 0, 3);
            await SealedAsync(app, 3);
            using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
            foreach (var position in (int[])[2, 0])
            {
                await ChangeAsync(database, $"update process_deployment.account set position = {position} where account_id = 'local'");
                var ready = await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(http), answer => Ledger(answer.Body).Flag("healthy") is false);
                Ledger(ready.Body).Text("detail")!.ShouldBe($"Account local is at position {position}, but 3 are sealed: its end was cut off.");

                await ChangeAsync(database, "update process_deployment.account set position = 3 where account_id = 'local'");
                await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(http), answer => Ledger(answer.Body).Flag("healthy") is true);
            }
        });
    }

    private static async Task ChangeAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand($"{sql}; notify mt_events_appended");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static JsonElement Ledger(JsonElement ready) => ready.Items("parts").Single(part => part.Text("name") == "ledger");

    private static string Name(string database) => new NpgsqlConnectionStringBuilder(database).Database!;

    private static string With(string database, string suffix) => new NpgsqlConnectionStringBuilder(database) { Database = Name(database) + suffix }.ConnectionString;

    private static async Task SendAsync(WebApplication app, int first, int count)
    {
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        for (var i = first; i < first + count; i++)
        {
            var (status, body) = await http.PostTextAsync(i == 0 ? Texts.RegisterAtom(Atom) : Texts.RegisterAtom(), "application/json");
            status.ShouldBe(System.Net.HttpStatusCode.OK, body.ToString());
        }
    }

    private static async Task<AccountCheckpoint> SealedAsync(WebApplication app, long position) => (await Eventually.BecomesAsync(
        () => app.Services.GetRequiredService<LedgerReader>().FirstCoveringAsync("local", position, TestContext.Current.CancellationToken), checkpoint => checkpoint is not null))!;

    private static async Task RunAsync(string database, string folder, Func<WebApplication, Task> during)
    {
        await using var app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], new() { Postgres = database, LedgerFolder = folder, Sample = false });
        await app.StartAsync();
        await during(app);
        await app.StopAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = engine.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
