using ProcessDeployment.Engine.Ledger.Sealing;

namespace ProcessDeployment.Engine.Ledger;

internal static class LedgerServices
{
    /// <summary>The ledger: whoever seals, and what is asked of it.</summary>
    public static void AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<LedgerFolder>();
        services.AddSingleton<SealerStatus>();
        services.AddSingleton(SealingPace.Default);
        services.AddSingleton<Sealer>();
        services.AddSingleton<LedgerReader>();
        services.AddHostedService(provider => provider.GetRequiredService<Sealer>());
    }
}
