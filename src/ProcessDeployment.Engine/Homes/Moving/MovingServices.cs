namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Moving accounts from home to home.</summary>
internal static class MovingServices
{
    public static void AddMoving(this IServiceCollection services)
    {
        services.AddSingleton<MovableAccount>();
        services.AddSingleton<Sealed>();
        services.AddSingleton<Departure>();
        services.AddSingleton<HistoryWriter>();
        services.AddSingleton<ComingSecrets>();
        services.AddSingleton<Arrival>();
        services.AddSingleton<Opening>();
    }
}
