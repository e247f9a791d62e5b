using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.ChannelTests;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Tests.Http;
using ProcessDeployment.Engine.Tests.Preview;
using ProcessDeployment.Engine.Tests.Questions;
using ProcessDeployment.Engine.Tests.Redaction;

namespace ProcessDeployment.Engine.Tests.Secrets;

public sealed class Keeping_secrets(EngineFixture engine)
{
    private readonly string _secret = $"canary-{Guid.NewGuid():n}";

    [Fact, Covers("#67")]
    public async Task leaves_no_trace_of_them_in_the_database_whatever_becomes_of_the_command()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        await using var sql = PlainSql.To(engine);
        await shop.DoAsync(shop.Set(("url", $"plain-{_secret[7..]}"), ("password", $"{_secret}-by-http")));
        await SendAsync(sql, shop, "accepted", text => text, "password");
        await SendAsync(sql, shop, "refused", text => text, "unknown");
        await SendAsync(sql, shop, "malformed", text => text.Replace("\"partial\"", "\"whole\"", StringComparison.Ordinal), "password");
        await SendAsync(sql, shop, "malformed", text => text.Replace("set-extensions", "set-extentions", StringComparison.Ordinal), "password");
        await sql.SendAsync(PlainSql.Text(shop.Account.Name, shop.Set(("password", $"{_secret}-cut")), Guid.CreateVersion7())[..^4]);
        await Eventually.BecomesAsync(() => shop.Account.ScalarAsync<long>("select count(*) from process_deployment.command_intake where strpos(body, $1) > 0"), count => count == 0);
        (await shop.Account.PreviewAsync(shop.Set(("password", $"{_secret}-previewed")))).ToString().ShouldNotContain(_secret);
        await shop.AskAsync("/audit");

        (await engine.FoundAsync(_secret, shop.Account)).ShouldBeEmpty();
        // What is no secret is found, so secrets would be.
        (await engine.FoundAsync($"plain-{_secret[7..]}", shop.Account)).ShouldContain("events.mt_events.data");
    }

    [Fact, Covers("#67")]
    public async Task leaves_no_hash_that_could_be_guessed()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        var command = shop.Account.Incoming(shop.Set(("password", "1234")));

        await engine.Pipeline.SubmitAsync(command, TestContext.Current.CancellationToken);

        (await engine.FoundAsync(Convert.ToHexStringLower(Fingerprint.Of(command.Envelope.Command)), shop.Account)).ShouldBeEmpty();
        (await engine.FoundAsync(Convert.ToHexStringLower(SHA256.HashData("1234"u8)), shop.Account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task still_knows_a_command_again_and_one_with_another_secret_apart()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        var id = Guid.CreateVersion7();
        await shop.Account.SendAsync(shop.Set(("password", "1234")), id);

        (await shop.Account.SendAsync(shop.Set(("password", "1234")), id)).Replayed.ShouldBeTrue();
        (await shop.Account.SendAsync(shop.Set(("password", "1235")), id)).Refusal!.Code.ShouldBe(RefusalCodes.CommandIdReused);
    }

    [Fact, Covers("R51")]
    public async Task gives_them_to_the_atom_with_everything_else_it_needs()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        await shop.DoAsync(shop.Set(("url", "https://one"), ("password", "first")), shop.Set(("password", _secret)));

        (await ForAtomAsync(shop, shop.Production)).ShouldBe([new("url", "https://one", UseDefault: false), new("password", _secret, UseDefault: false)]);
        (await ForAtomAsync(shop, shop.Backup)).ShouldBe([new("url", null, UseDefault: false), new("password", null, UseDefault: false)]);
    }

    [Fact]
    public async Task forgets_those_that_are_replaced_or_taken_away()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        await shop.DoAsync(shop.Set(("password", "first")), shop.Set(("password", "second")));
        (await CountAsync(shop)).ShouldBe(1);

        await shop.DoAsync(shop.Set(("url", "https://one")) with { Partial = false });

        (await CountAsync(shop)).ShouldBe(0);
        (await ForAtomAsync(shop, shop.Production)).ShouldBe([new("url", "https://one", UseDefault: false), new("password", null, UseDefault: false)]);
    }

    [Fact]
    public async Task opens_none_that_was_put_in_the_place_of_another()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        await shop.DoAsync(shop.Set(("password", _secret)), shop.Set(("password", "of the other")) with { AtomId = shop.Backup });

        await shop.Account.ScalarAsync<object>(
            $"with moved as (select sealed from process_deployment.extension_secret where account_id = $1 and atom_id = '{shop.Production}') update process_deployment.extension_secret set sealed = moved.sealed from moved where account_id = $1 and atom_id = '{shop.Backup}' returning 1");

        await Should.ThrowAsync<CryptographicException>(() => ForAtomAsync(shop, shop.Backup));
    }

    [Fact]
    public async Task answers_a_malformed_command_without_repeating_them()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        var text = PlainSql.Text(shop.Account.Name, shop.Set(("password", _secret)), Guid.CreateVersion7());
        foreach (var wrong in new[] { text.Replace("\"value\"", "\"useDefault\"", StringComparison.Ordinal), text.Replace("\"partial\":true", "\"partial\":null", StringComparison.Ordinal) })
        {
            var (status, body) = await shop.Account.Http.PostTextAsync(wrong, "application/cloudevents+json", "/api/v1/commands");
            (status, body.ToString().Contains(_secret, StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, false));
        }
    }

    private async Task SendAsync(PlainSql sql, Shop shop, string status, Func<string, string> altered, string key)
    {
        var id = Guid.CreateVersion7();
        await sql.SendAsync(altered(PlainSql.Text(shop.Account.Name, shop.Set((key, $"{_secret}-{status}")), id)));
        (await sql.OutcomeAsync(shop.Account.Name, id))!.Value.GetProperty("status").GetString().ShouldBe(status);
    }

    private Task<IReadOnlyList<AtomExtension>> ForAtomAsync(Shop shop, Guid atomId) =>
        engine.Services.GetRequiredService<ExtensionValues>().ForAtomAsync(shop.Account.Name, shop.Orders, atomId, TestContext.Current.CancellationToken);

    private static Task<long> CountAsync(Shop shop) => shop.Account.ScalarAsync<long>("select count(*) from process_deployment.extension_secret where account_id = $1");
}
