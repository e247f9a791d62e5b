using System.Text.Json.Nodes;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Ledger;

namespace ProcessDeployment.Engine.Tests.Redaction;

/// <summary>As one who may do everything in the database, or hands an auditor an edited bundle, and hopes that a redaction covers it.</summary>
public sealed class Altering_under_the_cover_of_a_redaction(EngineFixture engine)
{
    /// <summary>Whoever has the superuser may alter a redacted event once more; the redaction covers one form of it only.</summary>
    [Theory]
    [InlineData("set data = jsonb_set(data, '{contentDigest}', '\"0\"')")]
    [InlineData("set data = jsonb_set(data, '{note}', '\"another note\"')")]
    [InlineData("set user_name = 'somebody else'")]
    public async Task the_redacted_event_once_more_is_found_at_it(string set)
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        await engine.ExecuteAsync(shop, $"update events.mt_events {set} where tenant_id = $1 and (headers ->> 'position')::bigint = 8");

        (await Exports.VerifyAsync(await engine.WrittenAsync(shop, from, to))).ShouldBeAltered(8);
    }

    [Fact]
    public async Task what_the_redaction_says_is_found_at_the_redacted_event()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        var at = await engine.RedactedAsync(shop, "note");
        await engine.ExecuteAsync(shop, $"update events.mt_events set data = jsonb_set(data, '{{becomes}}', '\"{new string('0', 64)}\"') where tenant_id = $1 and (headers ->> 'position')::bigint = {at}");

        (await Exports.VerifyAsync(await engine.WrittenAsync(shop, from, to))).ShouldBeAltered(8);
    }

    [Theory]
    [InlineData("\"path\":[\"", "\"path\":[\"0000000000000000000000000000000000000000000000000000000000000000\",\"", 8)]
    [InlineData("request 2026-17", "request 2026-18", 8)]
    [InlineData("\"fields\": [\"note\"]", "\"fields\": [\"actor\"]", 8)]
    public async Task the_line_that_tells_of_it_is_found_at_the_redacted_event(string from, string to, long position)
    {
        var (shop, begin, end) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        var folder = await Exports.UnpackAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(begin, end)));
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "redactions.jsonl"), TestContext.Current.CancellationToken);
        text.ShouldContain(from);
        await RewriteAsync(folder, text.Replace(from, to, StringComparison.Ordinal));

        (await Verifying.VerifyAsync(folder)).ShouldBeAltered(position);

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task by_bytes_that_are_no_text_in_the_lines_that_tell_of_it_is_found_at_the_redacted_event()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        var folder = await Exports.UnpackAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));
        // Latin 1 writes them as one byte each, which begins nothing in UTF-8.
        await RewriteAsync(folder, "{\"event\":\"\u00ff\"}\n", System.Text.Encoding.Latin1);

        (await Verifying.VerifyAsync(folder)).ShouldBeAltered(8);

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task by_leaving_out_the_lines_that_tell_of_it_is_found_at_the_redacted_event()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        var folder = await Exports.UnpackAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));
        await RewriteAsync(folder, text: null);

        (await Verifying.VerifyAsync(folder)).ShouldBeAltered(8);

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Somebody who may update events and does not know the sealer: an event that tells of a redaction, in place of another one.</summary>
    [Fact]
    public async Task by_an_event_that_was_not_sealed_is_found_at_the_altered_event()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        var leaf = Convert.ToHexStringLower((await engine.LeavesAsync(shop.Account, 8, 8)).Single());
        await engine.ExecuteAsync(shop, "update events.mt_events set data = jsonb_set(data, '{note}', '\"[redacted]\"') where tenant_id = $1 and (headers ->> 'position')::bigint = 8");
        var becomes = await shop.Account.ScalarAsync<string>($"select encode({LeafSql.Hash}, 'hex') from events.mt_events e where e.tenant_id = $1 and (e.headers ->> 'position')::bigint = 8");
        // All it says is true, and nothing is wrong with it but that it was never sealed.
        await engine.ExecuteAsync(shop,
            $$"""
            update events.mt_events set type = 'processdeployment.personal-data-redacted.v1',
                data = '{"eventPosition": 8, "leafHash": "{{leaf}}", "becomes": "{{becomes}}", "fields": ["note"], "reason": "forged"}'
            where tenant_id = $1 and (headers ->> 'position')::bigint = 9
            """);

        (await Exports.VerifyAsync(await engine.WrittenAsync(shop, from, to))).ShouldBeAltered(8);
    }

    private static async Task RewriteAsync(string folder, string? text, System.Text.Encoding? encoding = null)
    {
        var (file, manifest) = (Path.Combine(folder, "redactions.jsonl"), Path.Combine(folder, "manifest.json"));
        var json = JsonNode.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))!;
        if (text is null)
        {
            File.Delete(file);
            json["files"]!.AsObject().Remove("redactions.jsonl");
        }
        else
        {
            await File.WriteAllTextAsync(file, text, encoding ?? new System.Text.UTF8Encoding(false), TestContext.Current.CancellationToken);
            json["files"]!["redactions.jsonl"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        }

        await File.WriteAllTextAsync(manifest, json.ToJsonString(), TestContext.Current.CancellationToken);
    }
}
