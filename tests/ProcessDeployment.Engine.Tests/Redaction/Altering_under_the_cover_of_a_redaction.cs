using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

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
        using var export = await RedactedExportAsync();

        export.Replace("redactions.jsonl", from, to);

        (await export.VerifyAsync()).ShouldBeAltered(position);
    }

    [Fact]
    public async Task by_bytes_that_are_no_text_in_the_lines_that_tell_of_it_is_found_at_the_redacted_event()
    {
        using var export = await RedactedExportAsync();

        export.Write("redactions.jsonl", [.. "{\"event\":\""u8, 0xff, .. "\"}\n"u8]);

        (await export.VerifyAsync()).ShouldBeAltered(8);
    }

    [Fact]
    public async Task by_what_another_program_would_pass_over_in_the_lines_that_tell_of_it_is_found_at_the_redacted_event()
    {
        using var export = await RedactedExportAsync();

        await export.EachIsFoundAtAsync("redactions.jsonl", 8);
    }

    [Fact]
    public async Task by_leaving_out_the_lines_that_tell_of_it_is_found_at_the_redacted_event()
    {
        using var export = await RedactedExportAsync();

        File.Delete(export.Path("redactions.jsonl"));
        export.Manifest(manifest => manifest["files"]!.AsObject().Remove("redactions.jsonl"));

        (await export.VerifyAsync()).ShouldBeAltered(8);
    }

    [Fact]
    public async Task by_leaving_out_the_lines_that_the_manifest_names_is_found_at_the_redacted_event()
    {
        using var export = await RedactedExportAsync();

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

    /// <summary>An owner who alters something, and has it sealed that he took out something else. All it says is true but that.</summary>
    [Theory]
    [InlineData("note")]
    [InlineData("actor")]
    [InlineData("reason")]
    [InlineData("manifest.0.name")]
    [InlineData("processId.0")]
    [InlineData("digest", "note")]
    public async Task by_a_sealed_event_that_names_what_was_not_taken_out_is_found_at_the_altered_event(params string[] members)
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await SealedCoverAsync(shop, "set data = jsonb_set(data, '{digest}', '\"[redacted]\"')", members);

        // With lists, which might give it away as well, and without.
        using var bundle = await BundleAsync(shop);
        foreach (var verdict in new[] { await Exports.VerifyAsync(await engine.WrittenAsync(shop, from, to)), await bundle.VerifyAsync() })
        {
            verdict.ShouldBeAltered(8);
            verdict.Said.ShouldContain($"{members[^1]} was redacted, as a later event says, but does not say [redacted]");
        }
    }

    /// <summary>What that was in the way of, and where the word of the owner begins: whoever takes out more than he names is not found.</summary>
    [Fact]
    public async Task by_a_sealed_event_that_names_some_of_what_was_taken_out_is_his_word_and_under_his_name()
    {
        var (shop, _, _) = await engine.PeriodAsync();
        await SealedCoverAsync(shop, "set user_name = 'somebody else', data = jsonb_set(data, '{digest}', '\"[redacted]\"')", "digest");
        using var bundle = await BundleAsync(shop);

        var verdict = await bundle.VerifyAsync();

        verdict.ShouldBeProven();
        verdict.Said.ShouldContain("position 8: digest, by owner@example.com, as position 10 says");
    }

    /// <summary>The note of the deployment at position 8 is taken out of it.</summary>
    private async Task<ExportedFolder> RedactedExportAsync()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        return await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));
    }

    private async Task<TestBundle> BundleAsync(Shop shop)
    {
        await using var connection = await engine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await TestBundle.ExportAsync(connection, engine.Ledger(), shop.Account.Name, await engine.SealedAsync(shop.Account, 10));
    }

    private async Task SealedCoverAsync(Shop shop, string set, params string[] members)
    {
        var leaf = Convert.ToHexStringLower((await engine.LeavesAsync(shop.Account, 8, 8)).Single());
        await engine.ExecuteAsync(shop, $"update events.mt_events {set} where tenant_id = $1 and (headers ->> 'position')::bigint = 8");
        var becomes = await shop.Account.ScalarAsync<string>($"select encode({LeafSql.Hash}, 'hex') from events.mt_events e where e.tenant_id = $1 and (e.headers ->> 'position')::bigint = 8");
        var said = new PersonalDataRedacted { EventPosition = 8, LeafHash = leaf, Becomes = becomes, Fields = members, Reason = Redacting.Why };
        var at = await engine.Services.GetRequiredService<IOperationsLog>().RecordAsync(shop.Account.Name, Redacting.Owner, said, TestContext.Current.CancellationToken);
        await engine.SealedAsync(shop.Account, at);
    }
}
