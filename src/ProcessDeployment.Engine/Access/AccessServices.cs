using ProcessDeployment.Engine.Identity.Keys;

namespace ProcessDeployment.Engine.Access;

/// <summary>Who may ask what.</summary>
internal static class AccessServices
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<KnownAccess>();
        services.AddSingleton<AccessOfRequest>();
        services.AddSingleton<Denials>();
        services.AddSingleton<Admission>();
        services.AddSingleton<IApiKeys, ApiKeysOfAccounts>();
    }
}
