using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Operations;

/// <summary>How the engine's work stands, over HTTP: the operator's, since it tells of every account.</summary>
internal static class OperationsEndpoint
{
    public static void MapOperationsQuestion(this IEndpointRouteBuilder api) => EngineOperator.Only(api.MapGroup("/operations").WithTags("Operations"), "How the engine's work stands is")
        .MapGet("", AskAsync)
        .WithName("get-operations").WithSummary("How far the read models and the ledger of each account are, and what waits")
        .Produces<OperationsAnswer>().Produces<Problem>(403, Problem.ContentType);

    private static async Task<IResult> AskAsync(Readings readings, Databases databases, CancellationToken cancellation)
    {
        var reading = await readings.TakeAsync(TimeSpan.FromSeconds(1), cancellation);
        return Results.Json(
            new OperationsAnswer
            {
                LagSeconds = reading.LagSeconds,
                EventsBehind = reading.EventsBehind,
                SealLagSeconds = reading.SealLagSeconds,
                IntakeWaiting = reading.IntakeDepth,
                IntakeOldestSeconds = reading.IntakeAgeSeconds,
                DeadLetters = reading.DeadLetters,
                DeadMessages = reading.DeadMessages,
                HaltedAccounts = reading.HaltedCount,
                ReadModels = [.. RebuildModel.All.Select(model => new ReadModelItem(model.Name, model.Tables, model.IsRebuilt))],
                Accounts = await AccountProgress.AllAsync(databases, cancellation),
            },
            WireJson.Options);
    }
}

/// <summary>How the engine's work stands.</summary>
internal sealed record OperationsAnswer
{
    /// <summary>Age of the oldest event that no read model shows yet.</summary>
    public required double LagSeconds { get; init; }

    public required long EventsBehind { get; init; }

    /// <summary>Age of the oldest event that no checkpoint covers yet.</summary>
    public required double SealLagSeconds { get; init; }

    /// <summary>Commands that wait in the PostgreSQL intake.</summary>
    public required long IntakeWaiting { get; init; }

    public required double IntakeOldestSeconds { get; init; }

    /// <summary>Messages that could not be brought to the domain.</summary>
    public required long DeadLetters { get; init; }

    /// <summary>Messages of the engine that failed for good.</summary>
    public required long DeadMessages { get; init; }

    public required int HaltedAccounts { get; init; }

    /// <summary>What a rebuild can be asked for.</summary>
    public required IReadOnlyList<ReadModelItem> ReadModels { get; init; }

    /// <summary>Those furthest behind first, at most 500.</summary>
    public required IReadOnlyList<AccountProgress> Accounts { get; init; }
}

/// <summary>A read model.</summary>
/// <param name="Name">What rebuilds call it.</param>
/// <param name="Tables">Its tables.</param>
/// <param name="Rebuilt">False where it can only be proved.</param>
internal sealed record ReadModelItem(string Name, IReadOnlyList<string> Tables, bool Rebuilt);
