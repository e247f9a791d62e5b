using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Http;

/// <summary>Whose request it is: the one place that turns credentials into account and actor, for commands and questions alike.</summary>
public interface ICallers
{
    CommandDefaults Of(HttpContext context);
}

/// <summary>While no identity is configured everybody on this machine is the configured account and actor, but for an Atom with its token.</summary>
internal sealed class ConfiguredCaller(EngineOptions options) : ICallers
{
    private readonly CommandDefaults _caller = new(options.Account, options.Actor);

    public CommandDefaults Of(HttpContext context) => AtomCaller.Of(context)?.Caller ?? _caller;
}
