using JasperFx.CodeGeneration;
using Wolverine;

namespace ProcessDeployment.Engine.Host;

/// <summary>The one place that configures Wolverine. Each option that departs from its default says why.</summary>
public static class Messaging
{
    public static void UseMessaging(this IHostBuilder host, EngineOptions engine) => host.UseWolverine(options =>
    {
        // A private database has one engine; several nodes elect who does what.
        options.Durability.Mode = engine.Postgres is null ? DurabilityMode.Solo : DurabilityMode.Balanced;
        // A node that died is noticed, and its projections go on elsewhere, within about ten seconds; the defaults take two minutes.
        options.Durability.FirstHealthCheckExecution = TimeSpan.FromMilliseconds(500);
        options.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(2);
        options.Durability.StaleNodeTimeout = TimeSpan.FromSeconds(8);
        options.Durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(3);
        // Each outage of the database doubles the time a projection is left lying after it, up to five minutes by default.
        options.Durability.TransientFailureRestartMaxBackoff = TimeSpan.FromSeconds(8);
        // The default id generator can draw the same id in two processes of one machine, and a colliding message is dropped silently.
        options.EnvelopeIdGeneration = EnvelopeIdGeneration.GuidV7;
        // By default a message nobody knows vanishes.
        options.UnknownMessageBehavior = UnknownMessageBehavior.DeadLetterQueue;
        options.EnableRelayOfUserName = true;
        // At least once from end to end: the defaults keep local and outgoing messages in memory only.
        options.Policies.AutoApplyTransactions();
        options.Policies.UseDurableLocalQueues();
        options.Policies.UseDurableInboxOnAllListeners();
        options.Policies.UseDurableOutboxOnAllSendingEndpoints();
        options.Discovery.DisableConventionalDiscovery();
        // Not the program that happens to start it, which may be a test.
        options.ApplicationAssembly = typeof(Messaging).Assembly;
        // No compiler at run time: it is not even shipped. Handlers that need generated code bring it along, and a test says when it is stale.
        options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
        // What is counted here we count ourselves, and only when asked; every five seconds would be most of what an idle engine does.
        options.Durability.DurabilityMetricsEnabled = false;
    });
}
