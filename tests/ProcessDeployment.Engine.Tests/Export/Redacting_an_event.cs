using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.Redaction;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Export;

public sealed class Redacting_an_event(EngineFixture engine)
{
    private const string Leaf = "select encode(sha256(convert_to(data::text, 'UTF8')), 'hex') from events.mt_events where tenant_id = $1 and (headers ->> 'position')::bigint = 8";

    [Fact]
    public async Task takes_the_text_out_and_says_so_in_the_history_with_the_hash_it_was_sealed_with()
    {
        var shop = await DeployedAsync();
        var before = await shop.Account.ScalarAsync<string>(Leaf);

        (await RedactAsync(shop, 8, "note")).ShouldBeNull();

        (await shop.Account.ScalarAsync<string>("select data ->> 'note' from events.mt_events where tenant_id = $1 and (headers ->> 'position')::bigint = 8")).ShouldBe(Redactor.Redacted);
        (await shop.Account.ScalarAsync<string>("select data::text from events.mt_events where tenant_id = $1 and stream_id = 'operations'"))
            .ShouldBe($$"""{"fields": ["note"], "dataHash": "{{before}}", "eventPosition": 8}""");
    }

    [Fact]
    public async Task leaves_what_is_sealed_as_it_is_and_exports_the_hash_instead()
    {
        var shop = await DeployedAsync();
        var (hash, leaves) = (await shop.Account.ScalarAsync<string>(Leaf), await engine.LeavesAsync(shop.Account, 1, 8));
        await RedactAsync(shop, 8, "note");
        await engine.SealedAsync(shop.Account, 9);

        var bundle = await shop.Account.DownloadAsync(await shop.Account.ExportAsync());

        (await engine.LeavesAsync(shop.Account, 1, 8)).ShouldBe(leaves);
        var line = JsonElement.Parse(Exports.FileIn(bundle, "events.jsonl").Split('\n')[7]);
        (line.GetProperty("data").Text("note"), line.Text("dataHash")).ShouldBe((Redactor.Redacted, hash));
        (await Exports.VerifyAsync(bundle)).ShouldBeProven();
    }

    [Fact]
    public async Task again_keeps_the_first_hash()
    {
        var shop = await DeployedAsync();
        var hash = await shop.Account.ScalarAsync<string>(Leaf);

        await RedactAsync(shop, 8, "note");
        await RedactAsync(shop, 8, "manifest.0.name");

        (await shop.Account.ScalarAsync<string>("select data_hash from process_deployment.redaction where account_id = $1")).ShouldBe(hash);
    }

    [Theory]
    [InlineData(99, "note", "eventPosition", "must be the position of an event of this account")]
    [InlineData(8, "versionNumber", "fields", "versionNumber is none")]
    [InlineData(8, "secret", "fields", "secret is none")]
    public async Task that_is_not_there_names_the_member(long position, string field, string member, string rule)
    {
        var shop = await DeployedAsync();

        var against = await RedactAsync(shop, position, field);

        against!.Value.Member.ShouldBe(member);
        against.Value.Rule.ShouldContain(rule);
        (await shop.Account.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1 and stream_id = 'operations'")).ShouldBe(0);
    }

    [Fact]
    public async Task is_for_the_operator_only()
    {
        var shop = await DeployedAsync();

        using var request = new StringContent("""{"eventPosition": 8, "fields": ["note"]}""", Encoding.UTF8, "application/json");

        using var answer = await shop.Account.Http.PostAsync(new Uri("/api/v1/audit/redactions", UriKind.Relative), request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<(string Member, string Rule)?> RedactAsync(Shop shop, long position, string field) =>
        engine.Services.GetRequiredService<Redactor>().RedactAsync(shop.Account.Name, "owner@example.com", position, [field], TestContext.Current.CancellationToken);

    /// <summary>Position 8 is a deployment whose note names somebody.</summary>
    private async Task<Shop> DeployedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Orders, "as Jane Doe, 12 Baker Street, asked"));
        await engine.SealedAsync(shop.Account, shop.Position);
        return shop;
    }
}
