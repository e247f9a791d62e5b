namespace ProcessDeployment.Engine.Scheduling;

/// <summary>What fires schedules. Every node does.</summary>
internal static class SchedulingServices
{
    public static void AddScheduling(this IServiceCollection services)
    {
        services.AddSingleton<DueRuns>();
        services.AddSingleton<DueRetries>();
        services.AddSingleton<ScheduleRound>();
        services.AddHostedService<Scheduler>();
    }
}
