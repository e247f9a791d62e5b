using JasperFx;
using ProcessDeployment.Engine.Host;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>Whether what the daemon runs in the background is running.</summary>
internal static class ShardHealth
{
    /// <summary>
    /// What is wrong with a projection or subscription; null when nothing is. One that hit an event it cannot take pauses,
    /// and pauses again at each new attempt. One that does not run here may run on another node, and then there may be no
    /// daemon here at all.
    /// </summary>
    public static async ValueTask<string?> TroubleWithAsync(this IProjectionCoordinator coordinator, string name, EngineOptions options)
    {
        var daemon = (await coordinator.AllDaemonsAsync()).SingleOrDefault();
        var status = daemon?.StatusFor($"{name}:All") ?? AgentStatus.Stopped;
        return status == AgentStatus.Paused || (options.Postgres is null && status != AgentStatus.Running)
            ? $"{name} is {status.ToString().ToLowerInvariant()}; the log says why."
            : null;
    }
}
