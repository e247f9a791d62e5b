namespace ProcessDeployment.Engine.Halting;

/// <summary>What is done about events that cannot be read.</summary>
internal static class HaltingServices
{
    public static void AddHalting(this IServiceCollection services)
    {
        services.AddSingleton<HaltedAccounts>();
        services.AddSingleton<Resumption>();
        services.AddSingleton<Skipping>();
        services.AddHostedService<HaltedWatch>();
    }
}
