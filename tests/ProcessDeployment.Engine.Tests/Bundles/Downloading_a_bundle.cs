using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Bundles;

public sealed class Downloading_a_bundle(EngineFixture engine)
{
    [Fact]
    public async Task gives_the_manifest_and_every_content_that_its_digest_names()
    {
        var (shop, digest) = await DeployedAsync();

        var files = Files(await BytesAsync(shop, digest));

        using var manifest = JsonDocument.Parse(files["manifest.json"]);
        var components = manifest.RootElement.GetProperty("components").EnumerateArray().ToList();
        components.Select(component => component.Id("componentId")).ShouldBe([shop.Orders, shop.Invoice, shop.Database, shop.Map], ignoreOrder: true);
        var lines = components.Select(c => $"{c.Id("componentId")}:{c.Text("componentType")}:{c.Number("revision")}:{c.Text("contentHash")}\n").Order(StringComparer.Ordinal);
        Hash(Encoding.UTF8.GetBytes(string.Concat(lines))).ShouldBe(digest);
        components.ShouldAllBe(component => Hash(files[$"content/{component.Text("contentHash")}"]) == component.Text("contentHash"));
        Encoding.UTF8.GetString(files[$"content/{components.Single(c => c.Id("componentId") == shop.Map).Text("contentHash")}"]).ShouldBe("a\nb\nc\n");
    }

    [Fact]
    public async Task gives_the_same_bytes_again_after_other_versions_were_deployed()
    {
        var (shop, digest) = await DeployedAsync();
        var first = await BytesAsync(shop, digest);
        await shop.DoAsync(shop.SaveMap("other"), Shop.Deploy(shop.Orders));

        (await BytesAsync(shop, digest)).ShouldBe(first);
        (await BytesAsync(shop, await DigestAsync(shop, 2))).ShouldNotBe(first);
    }

    [Fact]
    public async Task goes_on_where_it_broke_off()
    {
        var (shop, digest) = await DeployedAsync();
        var whole = await BytesAsync(shop, digest);

        using var rest = await GetAsync(shop, digest, request =>
        {
            request.Headers.Range = new(1_000, null);
            request.Headers.IfRange = new(new EntityTagHeaderValue($"\"{digest}\""));
        });

        rest.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        rest.Content.Headers.ContentRange!.Length.ShouldBe(whole.Length);
        (await rest.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(whole[1_000..]);
    }

    [Fact]
    public async Task from_the_middle_of_another_bundle_begins_anew()
    {
        var (shop, digest) = await DeployedAsync();

        using var whole = await GetAsync(shop, digest, request =>
        {
            request.Headers.Range = new(1_000, null);
            request.Headers.IfRange = new(new EntityTagHeaderValue($"\"{new string('0', 64)}\""));
        });

        whole.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(await BytesAsync(shop, digest));
    }

    [Fact]
    public async Task of_which_only_the_head_is_asked_tells_its_length_and_tag()
    {
        var (shop, digest) = await DeployedAsync();

        using var head = await GetAsync(shop, digest, request => request.Method = HttpMethod.Head);

        (head.StatusCode, head.Headers.ETag!.Tag, head.Content.Headers.ContentLength).ShouldBe((HttpStatusCode.OK, $"\"{digest}\"", (await BytesAsync(shop, digest)).Length));
        (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task that_is_there_already_is_not_sent_again()
    {
        var (shop, digest) = await DeployedAsync();

        using var answer = await GetAsync(shop, digest, request => request.Headers.IfNoneMatch.Add(new($"\"{digest}\"")));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task with_contents_that_are_large_or_not_there_at_all_is_whole()
    {
        var shop = await Shop.OpenAsync(engine);
        var large = new string('ä', 700_000);
        await shop.DoAsync(shop.SaveMap(large), shop.SaveInvoice(content: null), Shop.Deploy(shop.Orders));

        var files = Files(await BytesAsync(shop, await DigestAsync(shop, 1)));

        Encoding.UTF8.GetString(files[$"content/{Hash(Encoding.UTF8.GetBytes(large))}"]).ShouldBe(large);
        files[$"content/{Hash([])}"].ShouldBeEmpty();
    }

    [Fact]
    public async Task of_another_account_finds_nothing()
    {
        var (shop, digest) = await DeployedAsync();
        var other = await engine.NewAccountAsync();

        (await other.TryAskAsync($"/bundles/{digest}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Account.TryAskAsync($"/bundles/{new string('0', 64)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Account.ProblemOfAsync("/bundles/ABC")).ShouldBe(("digest", "must be 64 lower-case hexadecimal digits"));
    }

    [Fact]
    public async Task is_proven_by_the_signature_beside_it()
    {
        var (shop, digest) = await DeployedAsync();
        var bytes = await BytesAsync(shop, digest);

        var envelope = await Eventually.BecomesAsync(() => shop.Account.TryAskAsync($"/bundles/{digest}/signature"), answer => answer.Status == HttpStatusCode.OK);

        var (payload, signature) = (envelope.Body.GetProperty("payload").GetBytesFromBase64(), envelope.Body.Items("signatures").ShouldHaveSingleItem());
        var type = envelope.Body.Text("payloadType")!;
        var keys = (await shop.Account.AskAsync("/ledger/keys")).Items("keys");
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(keys.Single(known => known.Text("id") == signature.Text("keyid")).GetProperty("publicKey").GetBytesFromBase64(), out _);
        key.VerifyData((byte[])[.. Encoding.UTF8.GetBytes($"DSSEv1 {type.Length} {type} {payload.Length} "), .. payload], signature.GetProperty("sig").GetBytesFromBase64(), HashAlgorithmName.SHA256).ShouldBeTrue();
        var signed = JsonElement.Parse(payload);
        (signed.Text("accountId"), signed.Text("digest"), signed.Text("sha256"), signed.Number("length")).ShouldBe((shop.Account.Name, digest, Hash(bytes), bytes.Length));
    }

    private async Task<(Shop Shop, string Digest)> DeployedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Orders));
        return (shop, await DigestAsync(shop, 1));
    }

    private static async Task<string> DigestAsync(Shop shop, int number) => (await shop.AskAsync($"/processes/{shop.Orders}/versions/{number}")).Text("digest")!;

    private static async Task<byte[]> BytesAsync(Shop shop, string digest)
    {
        using var answer = await GetAsync(shop, digest, _ => { });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> GetAsync(Shop shop, string digest, Action<HttpRequestMessage> with)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, shop.Account.Address($"/bundles/{digest}"));
        with(request);
        return await shop.Account.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static Dictionary<string, byte[]> Files(byte[] bundle)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var reader = new TarReader(new MemoryStream(bundle));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            files.Add(entry.Name, bytes.ToArray());
        }

        return files;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
