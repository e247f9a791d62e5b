using System.Security.Cryptography;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Operations;

/// <summary>Notes in the history of an account what was done with its records: exports, rebuilds, other settings.</summary>
public interface IOperationsLog
{
    /// <summary>Goes through the one pipeline, so that it has a position, is sealed and is found in the audit trail.</summary>
    /// <returns>The position it has.</returns>
    Task<long> RecordAsync(string accountId, string actor, OperationEvent happened, CancellationToken cancellation = default);
}

internal sealed class OperationsLog(ICommandPipeline pipeline) : IOperationsLog
{
    private const string Source = "//process-deployment/engine";
    private const string Type = "processdeployment.record-operation.v1";

    public async Task<long> RecordAsync(string accountId, string actor, OperationEvent happened, CancellationToken cancellation = default)
    {
        var outcome = await pipeline.SubmitAsync(Noting(new() { AccountId = accountId, Actor = actor, Happened = happened }), cancellation);
        return outcome.Status == OutcomeStatus.Accepted
            ? outcome.Position
            : throw new InvalidOperationException($"What was done could not be noted in account {accountId}: {outcome.Refusal?.Message}");
    }

    /// <summary>As the engine hands it to the pipeline.</summary>
    internal static IncomingCommand Noting(RecordOperation command)
    {
        var id = Guid.CreateVersion7();
        return new(new(id, Source, Type, Time: null, command, SHA256.HashData(id.ToByteArray())), Channels.Engine);
    }
}
