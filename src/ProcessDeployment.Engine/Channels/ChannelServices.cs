using Marten;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.PostgreSql;
using ProcessDeployment.Engine.Publishing;
using ProcessDeployment.Engine.RabbitMq;

namespace ProcessDeployment.Engine;

/// <summary>The ways in and out beside HTTP: PostgreSQL always, RabbitMQ where one is configured.</summary>
public static class ChannelServices
{
    public static void AddChannels(this IServiceCollection services, EngineOptions options)
    {
        services.AddSingleton<DeadLetterStore>();
        services.AddHostedService<IntakeReader>();
        if (options.RabbitMq is not { } address) return;
        services.AddSingleton(new BrokerConnections(address, options.RabbitMqAuthorities));
        services.AddSingleton<HomeRoutes>();
        services.AddSingleton<CommandIntake>();
        services.AddHostedService(provider => provider.GetRequiredService<CommandIntake>());
        services.AddSingleton<ReadableEvents>();
        services.AddSingleton<EventsOfThisHome>();
        services.AddSingleton<EventsToBroker>();
        services.ConfigureMarten(static (provider, store) => store.Events.Subscribe(
            provider.GetRequiredService<EventsToBroker>(), static subscription => subscription.Name = EventsToBroker.Name));
    }
}
