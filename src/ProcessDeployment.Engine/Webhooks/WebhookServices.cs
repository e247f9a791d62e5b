using Microsoft.Extensions.DependencyInjection.Extensions;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Webhooks;

internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services, EngineOptions options)
    {
        services.TryAddSingleton(WebhookPace.Default);
        services.AddSingleton(provider => new WebhookClient(options.PrivateWebhooks, provider.GetRequiredService<WebhookPace>().Patience));
        services.AddSingleton<DueDeliveries>();
        services.AddSingleton<WebhookBodies>();
        services.AddHostedService<WebhookSender>();
    }
}
