using Microsoft.AspNetCore.Http;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Tests;

/// <summary>Stands in for credentials: tests that run side by side in one engine each say which account they are.</summary>
internal sealed class TestCallers(EngineOptions options) : ICallers
{
    public const string Header = "Test-Account";
    /// <summary>Says who asks, who then may do what his roles let him; else it is the operator.</summary>
    public const string ActorHeader = "Test-Actor";

    public const string Actor = "kim@example.com";

    public Caller Of(HttpContext context) =>
        AtomCaller.Of(context)?.Caller ?? (context.Request.Headers[Header] is [{ } account] ? new(account, context.Request.Headers[ActorHeader].FirstOrDefault() ?? Actor, context.Request.Headers.ContainsKey(ActorHeader) ? Authority.OfActor : Authority.Operator) : new(options.Account, options.Actor, Authority.Operator));
}
