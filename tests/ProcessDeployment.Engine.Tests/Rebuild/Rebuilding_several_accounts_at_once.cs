using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Engine.Rebuild;

namespace ProcessDeployment.Engine.Tests.Rebuild;

public sealed class Rebuilding_several_accounts_at_once(RebuiltEngine engine) : IClassFixture<RebuiltEngine>
{
    private static readonly object OfAcme = new { models = (string[])["attachments"], accountId = "acme" };
    private static readonly object OfLocal = new { models = (string[])["process-list", "audit-entries"], accountId = "local" };

    private OwnEngine Engine { get; } = engine.Own;

    [Fact]
    public async Task ends_a_small_one_while_a_large_one_is_at_work()
    {
        var before = await DumpsAsync();
        string large;
        await using (await WritingAsync("attachment"))
        {
            large = await BeginAsync(OfAcme);
            var small = await BeginAsync(OfLocal);
            (await Engine.JobAsync(small)).GetProperty("beside").GetString().ShouldBe($"takes turns with the rebuild {large} of account acme");

            ShouldBeProved(await Engine.EndOfAsync(small));

            (await Engine.JobAsync(large)).GetProperty("status").GetString().ShouldBe("running");
        }

        ShouldBeProved(await Engine.EndOfAsync(large));
        (await DumpsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task ends_one_of_an_account_while_that_of_all_is_at_work()
    {
        string all;
        await using (await Engine.ReadingAsync("attachment"))
        {
            all = await BeginAsync(new { all = true });

            ShouldBeProved(await Engine.RunAsync(OfLocal));

            (await Engine.JobAsync(all)).GetProperty("status").GetString().ShouldBe("running");
        }

        ShouldBeProved(await Engine.EndOfAsync(all));
    }

    [Fact]
    public async Task refuses_a_second_one_of_the_same_account_with_the_name_of_the_first()
    {
        string first;
        await using (await WritingAsync("attachment"))
        {
            first = await BeginAsync(OfAcme);

            var (status, body) = await Engine.PostAsync("/api/v1/rebuilds", JsonSerializer.Serialize(OfAcme));

            status.ShouldBe(HttpStatusCode.Conflict);
            body.ShouldContain(first);
        }

        ShouldBeProved(await Engine.EndOfAsync(first));
    }

    [Fact]
    public async Task lets_one_wait_for_a_place_and_says_for_whom()
    {
        var places = Engine.Services.GetRequiredService<RebuildPlaces>();
        string first, second;
        await using (await WritingAsync("attachment"))
        await using (await TakenAsync(1))
        await using (await TakenAsync(2))
        {
            first = await BeginAsync(OfAcme);
            places.Small = 0;
            second = await BeginAsync(OfLocal);

            var waiting = await Engine.JobAsync(second);
            (waiting.GetProperty("status").GetString(), waiting.GetProperty("phase").GetString()).ShouldBe(("running", "waiting"));
            waiting.GetProperty("beside").GetString().ShouldBe($"waits for a place, the account with the fewest events first; at work are the rebuild {first} of account acme");
        }

        places.Small = 100_000;
        ShouldBeProved(await Engine.EndOfAsync(second));
        ShouldBeProved(await Engine.EndOfAsync(first));
    }

    [Fact]
    public async Task cancels_one_that_waits_at_once()
    {
        string second;
        await using (await TakenAsync(1))
        await using (await TakenAsync(2))
        await using (await TakenAsync(3))
        {
            second = await BeginAsync(OfLocal);
            (await Engine.CancelAsync(second)).ShouldBe(HttpStatusCode.Accepted);
        }

        (await Engine.JobAsync(second)).GetProperty("status").GetString().ShouldBe("cancelled");
        ShouldBeProved(await Engine.RunAsync(OfLocal));
    }

    private async Task<string> BeginAsync(object asked) => (await Engine.BeginAsync(asked)).GetProperty("jobId").GetString()!;

    /// <summary>Somebody who writes to a table for long: until he ends, no rows of an account can be exchanged in it.</summary>
    private async Task<IAsyncDisposable> WritingAsync(string table) => await OfAsync($"begin; lock table process_deployment.{table} in row exclusive mode");

    /// <summary>As if a job of another node were in a place.</summary>
    private async Task<IAsyncDisposable> TakenAsync(int place) => await OfAsync($"select pg_advisory_lock({RebuildLock.KeyOf(place)})");

    private async Task<IAsyncDisposable> OfAsync(string sql)
    {
        var connection = await Engine.Databases.OpenSessionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand(sql, connection);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private async Task<string> DumpsAsync() => string.Join('\n', await Engine.DumpAsync("acme"), await Engine.DumpAsync("local"));

    private static void ShouldBeProved(JsonElement job)
    {
        job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
        job.GetProperty("differences").GetInt64().ShouldBe(0, job.ToString());
    }
}
