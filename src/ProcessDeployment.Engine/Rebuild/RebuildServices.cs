using Microsoft.Extensions.DependencyInjection.Extensions;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Rebuild.Proof;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>What rebuilds and proofs are made of.</summary>
internal static class RebuildServices
{
    public static void AddRebuilds(this IServiceCollection services)
    {
        services.TryAddSingleton<IOperationsLog, NoOperationsLog>();
        services.AddSingleton<Prover>();
        services.AddSingleton<RebuildJobs>();
        services.AddSingleton<RebuildWork>();
        services.AddSingleton<RebuildRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<RebuildRunner>());
    }
}
