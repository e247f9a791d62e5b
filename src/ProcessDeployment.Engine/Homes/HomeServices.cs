using ProcessDeployment.Engine.Homes.Moving;
using ProcessDeployment.Engine.Homes.Routing;

namespace ProcessDeployment.Engine.Homes;

/// <summary>Accounts in databases of their own.</summary>
internal static class HomeServices
{
    public static void AddHomes(this IServiceCollection services, HomeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Placement>();
        services.AddHostedService(provider => provider.GetRequiredService<Placement>());
        services.AddMoving();
        if (options.All.Count == 0) return;
        services.AddHttpForwarder();
        services.AddSingleton<HomeForwarder>();
    }
}
