using JasperFx.Events.Projections;
using Marten;
using ProcessDeployment.Engine.Storage;

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

    public static void ProjectReadModels(this StoreOptions options, RetiredEvents retired) => options.Projections.Add(new ReadModelProjection(retired), ProjectionLifecycle.Async);
}
