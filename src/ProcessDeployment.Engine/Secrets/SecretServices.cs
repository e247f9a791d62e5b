namespace ProcessDeployment.Engine.Secrets;

internal static class SecretServices
{
    public static void AddSecrets(this IServiceCollection services)
    {
        services.AddSingleton<SecretKeys>();
        services.AddSingleton<ExtensionValues>();
    }
}
