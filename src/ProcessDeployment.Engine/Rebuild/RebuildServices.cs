using ProcessDeployment.Engine.Rebuild.Proof;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>What rebuilds and proofs are made of.</summary>
internal static class RebuildServices
{
    public static void AddRebuilds(this IServiceCollection services)
    {
        services.AddSingleton<EventDecoder>();
        services.AddSingleton<Prover>();
        services.AddSingleton<AccountsOfProof>();
        services.AddSingleton<RebuildJobs>();
        services.AddSingleton<RebuildPlaces>();
        services.AddSingleton<RebuildLock>();
        services.AddSingleton<RebuildNotes>();
        services.AddSingleton<RebuildWork>();
        services.AddSingleton<RebuildRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<RebuildRunner>());
    }
}
