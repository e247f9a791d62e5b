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
        using var export = await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(begin, end)));

        export.Replace("redactions.jsonl", from, to);

        (await export.VerifyAsync()).ShouldBeAltered(position);
    }

    [Fact]
    public async Task by_bytes_that_are_no_text_in_the_lines_that_tell_of_it_is_found_at_the_redacted_event()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        using var export = await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));

        export.Write("redactions.jsonl", [.. "{\"event\":\""u8, 0xff, .. "\"}\n"u8]);

        (await export.VerifyAsync()).ShouldBeAltered(8);
    }

    [Fact]
    public async Task by_what_another_program_would_pass_over_in_the_lines_that_tell_of_it_is_found_at_the_redacted_event()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        using var export = await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));

        await export.EachIsFoundAtAsync("redactions.jsonl", 8);
    }

    [Fact]
    public async Task by_leaving_out_the_lines_that_tell_of_it_is_found_at_the_redacted_event()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        using var export = await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));

        File.Delete(export.Path("redactions.jsonl"));
        export.Manifest(manifest => manifest["files"]!.AsObject().Remove("redactions.jsonl"));

        (await export.VerifyAsync()).ShouldBeAltered(8);
    }

    [Fact]
    public async Task by_leaving_out_the_lines_that_the_manifest_names_is_found_at_the_redacted_event()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        using var export = await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));

        File.Delete(export.Path("redactions.jsonl"));

        (await export.VerifyAsync()).ShouldBeAltered(8);
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
}
