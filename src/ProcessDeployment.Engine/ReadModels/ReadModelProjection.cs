using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;
using Marten;
using Marten.Storage;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;
using EventRange = JasperFx.Events.Projections.EventRange;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// The one asynchronous projection of the product. Marten calls a projection once for each tenant of a page; with many
/// accounts that would be hundreds of statements, so this one takes the page whole.
/// </summary>
public sealed class ReadModelProjection : ProjectionWrapper<IDocumentOperations, IQuerySession>, ISubscriptionFactory<IDocumentOperations, IQuerySession>
{
    public const string ProjectionName = "read-models";

    /// <summary>Under load a larger page shares its statements among more events; without load a page is what is there.</summary>
    private const int PageSize = 2_000;

    private readonly ReadModelWriter _writer;
    private readonly EventDecoder _decoder;

    public ReadModelProjection(RetiredEvents retired)
        : this(new ReadModelWriter(), new(retired))
    {
    }

    private ReadModelProjection(ReadModelWriter writer, EventDecoder decoder)
        : base(writer, ProjectionLifecycle.Async)
    {
        (_writer, _decoder) = (writer, decoder);
        Name = ProjectionName;
        Options.BatchSize = PageSize;
        foreach (var table in ReadModelWriter.ReadModels.SelectMany(model => model.Tables)) Options.DeleteDataInTableOnTeardown($"process_deployment.{table}");
    }

    ISubscriptionExecution ISubscriptionFactory<IDocumentOperations, IQuerySession>.BuildExecution(
        IEventStore<IDocumentOperations, IQuerySession> store, IEventDatabase database, ILoggerFactory loggerFactory, ShardName shardName) =>
        new WholePages(shardName, Options, store, database, _writer, _decoder, loggerFactory.CreateLogger<ReadModelProjection>());

    ISubscriptionExecution ISubscriptionFactory<IDocumentOperations, IQuerySession>.BuildExecution(
        IEventStore<IDocumentOperations, IQuerySession> store, IEventDatabase database, ILogger logger, ShardName shardName) =>
        new WholePages(shardName, Options, store, database, _writer, _decoder, logger);

    private sealed class WholePages(
        ShardName shardName, AsyncOptions options, IEventStore<IDocumentOperations, IQuerySession> store, IEventDatabase database, ReadModelWriter writer, EventDecoder decoder, ILogger logger)
        : ProjectionExecution<IDocumentOperations, IQuerySession>(shardName, options, store, database, writer, logger)
    {
        private readonly PageGuard _guard = new(decoder, logger);

        protected override async Task<IProjectionBatch> buildBatchWithNoSkippingAsync(EventRange range, CancellationToken cancellationToken)
        {
            var batch = await _store.StartProjectionBatchAsync(range, _database, Mode, _options, cancellationToken);
            try
            {
                await using var operations = batch.SessionForTenant(StorageConstants.DefaultTenantId);
                await using var connection = ((IMartenDatabase)_database).CreateConnection();
                await connection.OpenAsync(cancellationToken);
                ReadModelWriter.WriteGuarded(operations, await _guard.KeepAsync(connection, range, cancellationToken));
                return batch;
            }
            catch
            {
                await batch.DisposeAsync();
                throw;
            }
        }
    }
}
