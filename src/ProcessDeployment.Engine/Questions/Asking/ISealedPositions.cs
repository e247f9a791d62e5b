using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>How far the checkpoints of the ledger go, for answers about the past.</summary>
internal interface ISealedPositions
{
    /// <summary>Adds the look-up to a batch; afterwards tells the last position of its account that a checkpoint covers, null where there is no ledger.</summary>
    Func<long?> Last(AccountBatch batch);
}
