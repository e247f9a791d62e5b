namespace ProcessDeployment.Engine.Agents;

/// <summary>What Atoms talk to.</summary>
internal static class AgentServices
{
    public static void AddAgents(this IServiceCollection services)
    {
        services.AddSingleton<AtomTokens>();
        services.AddSingleton<AtomFeed>();
        services.AddSingleton<AtomChanges>();
        services.AddSingleton<AtomRunExtensions>();
        services.AddHostedService(provider => provider.GetRequiredService<AtomFeed>());
    }

    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        TokenEndpoints.Map(api);
        Desired.Map(api);
        AtomRuns.Map(api);
        AtomRunExtensions.Map(api);
        AtomChanges.Map(api);
    }
}
