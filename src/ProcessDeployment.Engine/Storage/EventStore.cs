using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.MultiTenancy;
using Marten;
using Marten.Services;
using Npgsql;
using ProcessDeployment.Contracts.Json;
using Wolverine.Marten;

namespace ProcessDeployment.Engine.Storage;

/// <summary>The one place that configures Marten. Each option that departs from its default says why.</summary>
public static class EventStore
{
    public const string EventSchema = "events";

    /// <summary>Marten's own tables, read by projections and audits. Appending is <see cref="Pipeline.EventAppend"/>'s.</summary>
    public static void AddEventStore(this IServiceCollection services, Action<StoreOptions, RetiredEvents> readModels)
    {
        services.AddSingleton(RetiredEvents.OfTheDomain);
        services.AddMarten(provider =>
        {
            var options = new StoreOptions();
            options.Connection(provider.GetRequiredService<Databases>().Shared);
            var retired = provider.GetRequiredService<RetiredEvents>();
            Configure(options, retired);
            readModels(options, retired);
            return options;
        })
        .UseLightweightSessions()
        .IntegrateWithWolverine(wolverine =>
        {
            wolverine.MessageStorageSchemaName = "wolverine";
            // Not AutoCreate.None like the rest: its tables are made when it starts, after ours.
            wolverine.AutoCreate = AutoCreate.CreateOrUpdate;
            // Each projection on exactly one node, moved when a node goes.
            wolverine.UseWolverineManagedEventSubscriptionDistribution = true;
        });
    }

    /// <summary>Makes Marten's tables, as their owner.</summary>
    public static async Task MakeTablesAsync(NpgsqlDataSource owner, Action<StoreOptions, RetiredEvents> readModels)
    {
        await using var store = DocumentStore.For(options =>
        {
            options.Connection(owner);
            Configure(options);
            readModels(options, RetiredEvents.OfTheDomain);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
    }

    /// <summary>Everything about events that does not depend on which read models there are.</summary>
    public static void Configure(StoreOptions options, RetiredEvents? retired = null)
    {
        options.DatabaseSchemaName = EventSchema;
        options.Events.DatabaseSchemaName = EventSchema;
        // The schema is applied once, at start, in an order of ours; never on the way.
        options.AutoCreateSchemaObjects = AutoCreate.None;

        // One account = one tenant, from the first event on: identity of streams depends on it.
        options.Events.TenancyStyle = TenancyStyle.Conjoined;
        options.Policies.AllDocumentsAreMultiTenanted();
        // Names such as component/0193… keep ids of different kinds apart and tell an auditor what they are.
        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.UseMandatoryStreamTypeDeclaration = true;
        // Appends are ours; whoever appends through Marten all the same gets the safest of its ways.
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.UseExclusiveLockOnConcurrentAppends = true;
        options.Events.UseListenNotifyForEventAppends = true;
        // EnableAll leaves the user name out, which is the actor here.
        options.Events.MetadataConfig.EnableAll();
        options.Events.MetadataConfig.UserNameEnabled = true;
        // Our own indexes are not Marten's to drop.
        options.Events.IgnoreIndex("mt_events_account_position");
        options.Events.IgnoreIndex("mt_events_skipped");
        options.Events.AutoDiscoverTagTypes = false;

        foreach (var known in EventTypes.All) options.Events.MapEventType(known.Type, known.WireName);
        (retired ?? RetiredEvents.OfTheDomain).ReadAsToday(options.Events);
        // Reading is strict about what must be there: a missing member is an error, never a silent null.
        var serializer = new SystemTextJsonSerializer(new System.Text.Json.JsonSerializerOptions(WireJson.Options));
        // Marten's serializer forgets how members are named unless told again.
        serializer.Configure(json => json.PropertyNamingPolicy = WireJson.Options.PropertyNamingPolicy);
        options.Serializer(serializer);

        // History is evidence: nothing is left out silently. An event that cannot be read must not stop all accounts, so the
        // daemon goes on without it; the read models see that it is missing and halt its account there, and the publishing of
        // events waits for it. See Halting.
        options.Projections.Errors.SkipSerializationErrors = true;
        options.Projections.Errors.SkipUnknownEvents = true;
        options.Projections.Errors.SkipApplyErrors = false;
        // When a shard fails, what else it has at work is cancelled and may be reported last, as the cause. Then nobody would
        // restart it, though only the database was away for a moment.
        TransientFailures.AddClassifier(ACancelledPage);
        options.Events.TimeProvider = new ClockOfFailures();
        options.Projections.StopAndDrainTimeout = TimeSpan.FromSeconds(30);
        options.CommandTimeout = 30;
    }

    private static bool? ACancelledPage(Exception failure) => failure is OperationCanceledException ? true : null;
}
