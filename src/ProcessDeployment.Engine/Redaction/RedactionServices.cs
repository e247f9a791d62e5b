namespace ProcessDeployment.Engine.Redaction;

internal static class RedactionServices
{
    public static void AddRedaction(this IServiceCollection services) => services.AddSingleton<RedactionHistory>().AddSingleton<EventsToRedact>().AddSingleton<Redactor>();
}
