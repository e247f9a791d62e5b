using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Proofs;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>What tests of the ledger share.</summary>
internal static class Sealing
{
    public static LedgerReader Ledger(this EngineFixture engine) => engine.Services.GetRequiredService<LedgerReader>();

    /// <summary>The first checkpoint that covers a position, as soon as there is one.</summary>
    public static async Task<AccountCheckpoint> SealedAsync(this EngineFixture engine, TestAccount account, long position) =>
        (await Eventually.BecomesAsync(() => engine.Ledger().FirstCoveringAsync(account.Name, position, TestContext.Current.CancellationToken), checkpoint => checkpoint is not null))!;

    /// <summary>The leaf hashes of an account that the ledger keeps.</summary>
    public static async Task<List<byte[]>> LeavesAsync(this EngineFixture engine, TestAccount account, long first, long last)
    {
        var leaves = new List<byte[]>();
        await foreach (var piece in engine.Ledger().LeafHashesAsync(account.Name, first, last, TestContext.Current.CancellationToken))
            leaves.AddRange(piece.ToArray().Chunk(32));
        return leaves;
    }
}
