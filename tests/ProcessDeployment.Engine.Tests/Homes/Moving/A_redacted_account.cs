using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Redaction;

namespace ProcessDeployment.Engine.Tests.Homes.Moving;

/// <summary>What was sealed of an event stays sealed in every home, though nobody can see any more what it was.</summary>
public sealed class A_redacted_account(EngineFixture engine)
{
    [Fact]
    public async Task moves_with_the_leaves_that_were_sealed_and_without_what_was_taken_out()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        var last = await RedactAsync(homes);

        var (code, said) = await homes.MoveAsync(homes.Main, "eu", "acme.zip");

        code.ShouldBe(0, said);
        (await MovingHomes.SealedAsync(homes.Main, last)).Head.Size.ShouldBe(last);
        await MovingHomes.SealedAsync(homes.Eu, last);
        var root = $"select encode(root, 'hex') from ledger.head where account_id = 'acme' and size = {last}";
        (await homes.Eu.TextsAsync(root)).ShouldBe(await homes.Main.TextsAsync(root));
        (await MovingHomes.VerifyExportAsync(homes.Eu)).ShouldBeProven();
        (await homes.Eu.TextsAsync("select data::text from events.mt_events where tenant_id = 'acme'")).ShouldAllBe(data => !data.Contains("Jane"));
    }

    /// <summary>The name of an Atom is taken out of the event at position 1; how far the history has come then.</summary>
    internal static async Task<long> RedactAsync(MovingHomes homes)
    {
        await MovingHomes.SendAsync(homes.Main, new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Jane Doe's Atom" });
        await MovingHomes.SendAsync(homes.Main, new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Berlin" });
        await MovingHomes.ReadAsync(homes.Main, 2);
        await MovingHomes.SealedAsync(homes.Main, 2);
        var report = await homes.Main.Services.GetRequiredService<Redactor>()
            .RedactAsync(new(MovingHomes.Acme, "owner@example.com", "request 2026-17") { Position = 1, Members = ["name"] }, TestContext.Current.CancellationToken);
        var jobs = homes.Main.Services.GetRequiredService<RebuildJobs>();
        await Eventually.BecomesAsync(() => jobs.FindAsync(report.JobId!.Value, TestContext.Current.CancellationToken), job => job!.Status == "completed");
        return await Eventually.BecomesAsync(() => MovingHomes.PositionAsync(homes.Main), position => position >= 5);
    }
}
