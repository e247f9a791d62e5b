using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProcessDeployment.Engine.Export;

internal static class ExportServices
{
    public static void AddExports(this IServiceCollection services)
    {
        services.TryAddSingleton(ExportPace.Default);
        services.AddSingleton<ExportScopes>();
        services.AddSingleton<ExportSignatures>();
        services.AddSingleton<ExportWriter>();
        services.AddSingleton<ExportJobs>();
    }
}
