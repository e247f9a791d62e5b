using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

public sealed class Changing_the_key(EngineFixture engine) : IAsyncLifetime
{
    private Shop _shop = null!;
    private DateTimeOffset _end;
    private AccountCheckpoint _before = null!;
    private AccountCheckpoint _after = null!;
    private string _next = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync(engine);
        _end = await engine.NowAsync();
        await _shop.DoAsync(new RenameAtom { AtomId = _shop.Backup, Name = "renamed" });
        _before = await engine.SealedAsync(_shop.Account, 8);
        _next = await engine.Services.GetRequiredService<Sealer>().RotateKeyAsync(CancellationToken.None);
        await _shop.DoAsync(new RenameAtom { AtomId = _shop.Backup, Name = "renamed again" });
        _after = await engine.SealedAsync(_shop.Account, 9);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task goes_on_with_one_that_the_former_has_signed_for()
    {
        using var bundle = await BundleAsync(_after);
        var published = bundle.Write("published.jsonl", await TextAsync("/ledger/checkpoints"));

        _after.Checkpoint.Signatures[0].KeyId.ShouldBe(_next);
        _before.Checkpoint.Signatures[0].KeyId.ShouldNotBe(_next);
        (await bundle.VerifyAsync("--checkpoint", Keep(bundle, _before), "--published", published)).ShouldBeProven();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(engine.DataFolder, "ledger", "signing-key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task leaves_a_bundle_from_before_open_to_what_was_signed_later_until_the_way_to_the_key_is_given()
    {
        using var bundle = await BundleAsync(_before);
        var grown = bundle.Write("grown.json", await TextAsync("/ledger/consistency?from=8&to=9"));
        string[] kept = ["--checkpoint", Keep(bundle, _after), "--consistency", grown];
        var (keys, published) = (bundle.Write("all-keys.json", await TextAsync("/ledger/keys")), bundle.Write("published.jsonl", await TextAsync("/ledger/checkpoints")));

        var open = await bundle.VerifyAsync(kept);
        (await bundle.VerifyAsync([.. kept, "--keys", keys])).ShouldBeProven();
        (await bundle.VerifyAsync([.. kept, "--published", published])).ShouldBeProven();
        (await bundle.VerifyAsync("--published", published)).ShouldBeProven();

        open.Code.ShouldBe(2, open.Said);
        open.Said.ShouldContain($"signed with key {_next}, which neither the bundle nor --keys nor --published leads to");
    }

    /// <summary>Who trusts a later key only knows nothing of the former one; of its own turn, it must have signed all.</summary>
    [Fact]
    public async Task leaves_open_what_was_signed_before_the_turn_of_the_key_that_is_trusted()
    {
        using var bundle = await BundleAsync(_after);
        using var forger = SigningKey.Create();
        var keys = (await engine.Ledger().KeysAsync(TestContext.Current.CancellationToken))!.Keys;
        var (turn, former) = (keys.Single(key => key.Id == _next), _before.Checkpoint.Signatures[0].KeyId);
        string[] trusted = ["--key", bundle.Write("trusted.pem", PemEncoding.WriteString("PUBLIC KEY", turn.PublicKey))];
        AccountCheckpoint Signed(AccountCheckpoint given, long? number = null)
        {
            var payload = System.Text.Json.Nodes.JsonNode.Parse(given.Checkpoint.Payload)!;
            (payload["key"], payload["number"]) = (forger.Id, number ?? given.Number);
            return given with { Checkpoint = forger.Sign(Encoding.UTF8.GetBytes(payload.ToJsonString())) };
        }

        (await bundle.VerifyAsync(trusted)).ShouldBeProven();
        foreach (var (kept, key) in new[] { (_before, former), (Signed(_before), forger.Id), (Signed(_before, turn.FromCheckpoint), forger.Id) })
        {
            var open = await bundle.VerifyAsync([.. trusted, "--checkpoint", Keep(bundle, kept)]);
            open.Code.ShouldBe(2, open.Said);
            open.Said.ShouldContain($"signed with key {key}, which neither the bundle nor --keys nor --published leads to");
        }

        (await bundle.VerifyAsync("--checkpoint", Keep(bundle, Signed(_before)))).ShouldBeAltered();
        (await bundle.VerifyAsync([.. trusted, "--checkpoint", Keep(bundle, Signed(_before, turn.FromCheckpoint + 1))])).ShouldBeAltered();
    }

    /// <summary>A key of whoever forges, which the true one never signed for.</summary>
    [Fact]
    public async Task trusts_no_key_that_nobody_signed_for()
    {
        using var bundle = await BundleAsync(_before);
        using var forger = SigningKey.Create();
        var payload = System.Text.Json.Nodes.JsonNode.Parse(_after.Checkpoint.Payload)!;
        payload["key"] = forger.Id;
        var forged = Keep(bundle, _after with { Checkpoint = forger.Sign(Encoding.UTF8.GetBytes(payload.ToJsonString())) });
        payload["key"] = _before.Checkpoint.Signatures[0].KeyId;
        payload["nextKey"] = new System.Text.Json.Nodes.JsonObject { ["id"] = forger.Id, ["publicKey"] = Convert.ToBase64String(forger.Public.Spki) };
        var rotation = forger.Sign(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        var first = (await engine.Ledger().KeysAsync(_before.Number, TestContext.Current.CancellationToken))!;
        var keys = bundle.Write("forged-keys.json", JsonSerializer.Serialize(first with { Keys = [.. first.Keys, new(forger.Id, forger.Public.Spki, rotation)] }, WireJson.Options));
        var grown = bundle.Write("grown.json", await TextAsync("/ledger/consistency?from=8&to=9"));

        (await bundle.VerifyAsync("--checkpoint", forged, "--consistency", grown, "--keys", keys)).Code.ShouldBe(2);
    }

    [Fact]
    public async Task signs_an_export_of_a_period_before_with_the_new_one_and_shows_the_way_to_it()
    {
        using var export = await ExportedFolder.OfAsync(await _shop.Account.DownloadAsync(await _shop.Account.ExportAsync(to: _end)));

        var proven = await export.VerifyAsync();
        File.Delete(export.Path("signature-keys.json"));
        var open = await export.VerifyAsync();

        proven.ShouldBeProven();
        proven.Said.ShouldContain($"the manifest is signed with key ");
        open.Code.ShouldBe(2, open.Said);
        var keys = export.Path("all-keys.json");
        await File.WriteAllTextAsync(keys, await TextAsync("/ledger/keys"), TestContext.Current.CancellationToken);
        (await export.VerifyAsync("--keys", keys)).ShouldBeProven();
    }

    /// <summary>A bundle with the keys there were at its checkpoint, as exports have them.</summary>
    private async Task<TestBundle> BundleAsync(AccountCheckpoint checkpoint)
    {
        await using var connection = await engine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var bundle = await TestBundle.ExportAsync(connection, engine.Ledger(), _shop.Account.Name, checkpoint);
        var keys = await engine.Ledger().KeysAsync(checkpoint.Number, TestContext.Current.CancellationToken);
        bundle.Edit("keys.json", _ => JsonSerializer.Serialize(keys, WireJson.Options));
        return bundle;
    }

    private static string Keep(TestBundle bundle, AccountCheckpoint checkpoint) => bundle.Write($"kept-{checkpoint.Number}.json", JsonSerializer.Serialize(checkpoint, WireJson.Options));

    private Task<string> TextAsync(string path) => _shop.Account.Http.GetStringAsync(new Uri($"/api/v1{path}", UriKind.Relative), TestContext.Current.CancellationToken);
}
