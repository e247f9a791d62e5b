using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

public sealed class Verifying_an_export(EngineFixture engine)
{
    [Fact]
    public async Task proves_what_the_engine_hands_out_and_finds_what_was_edited_in_it()
    {
        var shop = await Shop.OpenAsync(engine);
        var kept = await engine.SealedAsync(shop.Account, shop.Position);
        await shop.DoAsync(
            new RenameAtom { AtomId = shop.Backup, Name = "renamed" },
            Shop.Deploy(shop.Orders, "go-live"),
            new SetWebhook { WebhookId = Guid.CreateVersion7(), Url = "https://hooks.example/T/B?token=bearer", Secret = "0123456789abcdef", Enabled = false },
            shop.SaveOrders() with { StartStep = StartStep.Listener },
            Shop.Attach(shop.Orders, shop.Production),
            Shop.Deploy(shop.Orders),
            new PauseListeners { AtomId = shop.Production },
            new ResumeListeners { AtomId = shop.Production },
            new RestartListeners { AtomId = shop.Production },
            new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] },
            new SetEnvironments { Enabled = true },
            new PackageProcess { ProcessId = shop.Orders, Label = "2026.11", Note = "for Monday" },
            new PackageProcess { ProcessId = shop.Orders, Label = "2026.12" },
            new WithdrawVersion { ProcessId = shop.Orders, VersionNumber = 2 });
        await engine.SealedAsync(shop.Account, shop.Position);
        var folder = await Exports.UnpackAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync()));
        try
        {
            var keptFile = Path.Combine(folder, "kept.json");
            await File.WriteAllTextAsync(keptFile, JsonSerializer.Serialize(kept, WireJson.Options), TestContext.Current.CancellationToken);
            (await Verifying.VerifyAsync(folder, "--checkpoint", keptFile)).ShouldBeProven();

            var events = Path.Combine(folder, "events.jsonl");
            await File.WriteAllTextAsync(events, (await File.ReadAllTextAsync(events, TestContext.Current.CancellationToken)).Replace("\"renamed\"", "\"untouched\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            (await Verifying.VerifyAsync(folder)).ShouldBeAltered(8);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
