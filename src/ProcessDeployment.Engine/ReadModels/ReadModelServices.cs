using JasperFx.Events.Projections;
using Marten;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What the read models are made of.</summary>
public static class ReadModelServices
{
    public static void AddReadModels(this IServiceCollection services)
    {
        services.AddSingleton<ReadPosition>();
        services.AddSingleton<ReadPositionFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadPositionFeed>());
        services.AddHostedService<ReadModelStatistics>();
    }

    public static void ProjectReadModels(this StoreOptions options) => options.Projections.Add(new ReadModelProjection(), ProjectionLifecycle.Async);
}
