using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Http;

/// <summary>Whose request it is: the one place that turns credentials into account and actor, for commands and questions alike.</summary>
public interface ICallers
{
    Caller Of(HttpContext context);
}

/// <summary>Who asks or commands, as the credentials say.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Actor">The person or system.</param>
/// <param name="Authority">Where to look for what the caller may do.</param>
public sealed record Caller(string AccountId, string Actor, Authority Authority)
{
    /// <summary>What a body may leave out and must not contradict.</summary>
    public CommandDefaults Defaults { get; init; } = new(AccountId, Actor);
}

/// <summary>While no identity is configured everybody on this machine is the configured account and actor, but for an Atom with its token.</summary>
internal sealed class ConfiguredCaller(EngineOptions options) : ICallers
{
    private readonly Caller _caller = new(options.Account, options.Actor, Authority.Operator);

    public Caller Of(HttpContext context) => AtomCaller.Of(context)?.Caller ?? _caller;
}
