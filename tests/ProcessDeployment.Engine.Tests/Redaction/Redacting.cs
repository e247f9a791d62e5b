using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Redaction;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Redaction;

/// <summary>Redacts as the verb does, beside other tests that rebuild.</summary>
internal static class Redacting
{
    public const string Owner = "owner@example.com";
    public const string Why = "request 2026-17";

    /// <summary>Waits until the events are sealed and in the lists, as somebody who redacts what is days old need not.</summary>
    public static async Task SettledAsync(this EngineFixture engine, TestAccount account, long position)
    {
        await engine.SealedAsync(account, position);
        await Eventually.BecomesAsync(() => engine.Services.GetRequiredService<ReadPosition>().CurrentAsync(account.Name), seen => seen >= position);
    }

    public static Task<RedactionReport> RedactAsync(this EngineFixture engine, TestAccount account, long position, params string[] members) =>
        engine.RedactAsync(new(account.Name, Owner, Why) { Position = position, Members = members });

    /// <summary>And waits for the rebuild that belongs to it.</summary>
    public static async Task<RedactionReport> RedactAsync(this EngineFixture engine, RedactionRequest asked)
    {
        var report = await engine.BeginRedactingAsync(asked);
        if (report.JobId is not { } jobId) return report;
        var job = await Eventually.BecomesAsync(() => engine.Services.GetRequiredService<RebuildJobs>().FindAsync(jobId, TestContext.Current.CancellationToken), found => found!.Status != "running");
        (job!.Status, job.Differences).ShouldBe(("completed", 0L), job.Failure);
        return report;
    }

    public static async Task<RedactionReport> BeginRedactingAsync(this EngineFixture engine, RedactionRequest asked)
    {
        var (report, refused) = await Eventually.BecomesAsync(() => engine.TryRedactAsync(asked), attempt => attempt.Refused?.Member != "rebuilds");
        return report.ShouldNotBeNull(refused?.Message);
    }

    public static async Task<RedactionException> RefusalAsync(this EngineFixture engine, RedactionRequest asked) =>
        (await Eventually.BecomesAsync(() => engine.TryRedactAsync(asked), attempt => attempt.Refused?.Member != "rebuilds")).Refused.ShouldNotBeNull();

    private static async Task<(RedactionReport? Report, RedactionException? Refused)> TryRedactAsync(this EngineFixture engine, RedactionRequest asked)
    {
        try
        {
            return (await engine.Services.GetRequiredService<Redactor>().RedactAsync(asked, TestContext.Current.CancellationToken), null);
        }
        catch (RedactionException e)
        {
            return (null, e);
        }
    }

    /// <summary>An account in which position 8 is a deployment by Jane Doe, with her name in its note and its reason.</summary>
    public static async Task<Shop> JaneAsync(this EngineFixture engine)
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Orders, "as Jane Doe asked") with { Actor = "jane.doe@example.com", Reason = "Jane Doe wants it" });
        await engine.SettledAsync(shop.Account, shop.Position);
        return shop;
    }
}
