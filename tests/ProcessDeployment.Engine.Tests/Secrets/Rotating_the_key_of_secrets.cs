using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Tests.CommandLine;
using ProcessDeployment.Engine.Tests.Http;

namespace ProcessDeployment.Engine.Tests.Secrets;

/// <summary>With an engine, a database and a folder of its own.</summary>
public sealed class Rotating_the_key_of_secrets(EngineFixture engine)
{
    private static readonly KeyPace Quick = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(300), 3);

    [Fact, Covers("#67")]
    public async Task seals_anew_what_was_sealed_and_removes_the_former_key()
    {
        var (database, folder) = await PlaceAsync();
        await using var own = await SecretEngine.StartAsync(database, folder, Quick);
        var (former, id, webhook) = (own.Keys.Newest.Id, Guid.CreateVersion7(), Guid.CreateVersion7());
        await own.OpenAsync("a", "b", "c", "d", "e");
        await own.SubmitAsync(SecretEngine.Setting(("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5")), id);
        await own.SubmitAsync(new SetWebhook { WebhookId = webhook, Url = "https://example.com/hook", Secret = "0123456789abcdef" });

        var made = (await own.Http.PostTextAsync("", "application/json", "/api/v1/secrets/rotate-key")).Body.GetProperty("keyId").GetString();
        await Eventually.BecomesAsync(() => Task.FromResult(Directory.GetFiles(folder, "secret-key-*.txt").Select(Path.GetFileName).ToList()), files => files is [var file] && file == $"secret-key-{made}.txt");

        made.ShouldNotBe(former);
        (await own.SealedWithAsync()).ShouldBe(new Dictionary<string, long> { [made!] = 6 });
        (await own.ValuesAsync()).Values.ShouldBe(["1", "2", "3", "4", "5"]);
        (await own.SubmitAsync(SecretEngine.Setting(("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5")), id)).Replayed.ShouldBeTrue("fingerprints outlive the key");
        (await own.SubmitAsync(SecretEngine.Setting(("a", "other")), id)).Refusal!.Code.ShouldBe(RefusalCodes.CommandIdReused);
        (await own.ScalarAsync<string>("select data ->> 'changes' from events.mt_events where tenant_id = 'local' and stream_id = 'operations'"))
            .ShouldBe($$"""[{"name": "key of secret values", "today": "{{made}}", "former": "{{former}}"}]""");
        var listed = JsonElement.Parse(await own.Http.GetStringAsync(new Uri("/api/v1/secrets/keys", UriKind.Relative), TestContext.Current.CancellationToken)).GetProperty("items");
        (listed[0].GetProperty("values").GetInt64(), listed[1].TryGetProperty("removedAt", out _), listed[1].GetProperty("isHere").GetBoolean()).ShouldBe((6, true, false));
    }

    [Fact]
    public async Task keeps_what_is_known_of_commands_over_a_new_start()
    {
        var (database, folder) = await PlaceAsync();
        var id = Guid.CreateVersion7();
        await using (var own = await SecretEngine.StartAsync(database, folder, SecretEngine.Still))
        {
            await own.OpenAsync("a");
            await own.SubmitAsync(SecretEngine.Setting(("a", "1")), id);
            await RotateAsync(own);
        }

        await using var again = await SecretEngine.StartAsync(database, folder, SecretEngine.Still);
        (await again.SubmitAsync(SecretEngine.Setting(("a", "1")), id)).Replayed.ShouldBeTrue();
        (await again.ValuesAsync())["a"].ShouldBe("1");
    }

    [Fact]
    public async Task while_values_are_written_loses_none()
    {
        const int Values = 40;
        var (database, folder) = await PlaceAsync();
        await using var own = await SecretEngine.StartAsync(database, folder, Quick);
        string[] keys = ["a", "b", "c", "d"];
        await own.OpenAsync(keys);

        var writers = keys.Select(async key =>
        {
            for (var value = 1; value <= Values; value++) await own.SetAsync(key, $"{key}{value}");
        }).ToList();
        var rotations = 0;
        while (rotations < 3 || (rotations < 8 && !writers.TrueForAll(writer => writer.IsCompleted)))
        {
            await own.Rotation.MakeAsync("kim", TestContext.Current.CancellationToken);
            rotations++;
        }

        await Task.WhenAll(writers);
        await Eventually.BecomesAsync(own.SealedWithAsync, sealedWith => sealedWith.Keys.ToList() is [var only] && only == own.Keys.Newest.Id);
        (await own.ValuesAsync()).Values.ShouldBe(keys.Select(key => $"{key}{Values}"));
    }

    [Fact]
    public async Task is_known_to_other_nodes_when_they_need_it()
    {
        var (database, folder) = await PlaceAsync();
        await using var one = await SecretEngine.StartAsync(database, folder, SecretEngine.Still);
        await one.OpenAsync("a", "b");
        await one.SetAsync("a", "1");
        await using var other = await SecretEngine.StartAsync(database, folder, SecretEngine.Still);

        await RotateAsync(one);

        (await other.ValuesAsync())["a"].ShouldBe("1", "it was sealed with a key that was made after the other node had looked");
        await other.SetAsync("b", "2");
        (await one.SealedWithAsync()).Keys.ShouldBe([one.Keys.Newest.Id]);
    }

    [Fact]
    public async Task seals_nothing_with_a_removed_key_on_a_node_that_has_not_looked()
    {
        var (database, folder) = await PlaceAsync();
        await using var one = await SecretEngine.StartAsync(database, folder, SecretEngine.Still);
        await one.OpenAsync("a");
        await using var other = await SecretEngine.StartAsync(database, folder, SecretEngine.Still);

        await RotateAsync(one);
        await other.SetAsync("a", "1");

        (await one.SealedWithAsync()).Keys.ShouldBe([one.Keys.Newest.Id]);
        (await one.ValuesAsync())["a"].ShouldBe("1");
    }

    [Fact]
    public async Task is_for_the_operator_only()
    {
        var account = await engine.NewAccountAsync();

        using var answer = await account.Http.PostAsync(new Uri("/api/v1/secrets/rotate-key", UriKind.Relative), content: null, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task has_a_verb()
    {
        var call = new CommandLineCall();
        call.Engine.Answers("POST secrets/rotate-key", """{"keyId":"0123456789abcdef"}""");

        (await call.RunAsync("secrets", "rotate")).ShouldBe(0);

        call.Out.ShouldContain("Key 0123456789abcdef seals from now on.");
    }

    private async Task<(string Database, string Folder)> PlaceAsync()
    {
        var database = await engine.NewDatabaseAsync();
        return (database, engine.LedgerFolderOf(database));
    }

    private static async Task RotateAsync(SecretEngine own)
    {
        await own.Rotation.MakeAsync("kim", TestContext.Current.CancellationToken);
        await own.Rotation.SealAnewAsync(TestContext.Current.CancellationToken);
        await own.Keys.RefreshAsync(TestContext.Current.CancellationToken);
        await own.Rotation.RemoveAsync(TestContext.Current.CancellationToken);
    }
}
