using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Ledger;

/// <summary>How far the checkpoints go, for answers about the past.</summary>
internal sealed class SealedPositions : ISealedPositions
{
    public Func<long?> Last(AccountBatch batch)
    {
        var size = 0L;
        batch.Query(Storage.AccountHeads.Size, row => size = row.GetInt64(0));
        return () => size;
    }
}
