using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProcessDeployment.Engine.Secrets;

internal static class SecretServices
{
    public static void AddSecrets(this IServiceCollection services)
    {
        services.TryAddSingleton(KeyPace.Default);
        services.AddSingleton<KeyFiles>();
        services.AddSingleton<KeyTable>();
        services.AddSingleton<KeyLocks>();
        services.AddSingleton<SealedValues>();
        services.AddSingleton<SecretKeys>();
        services.AddSingleton<KeyRotation>();
        services.AddSingleton<ExtensionValues>();
        services.AddHostedService<KeyKeeper>();
    }
}
