using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity;

namespace ProcessDeployment.Engine.Http;

/// <summary>Whose the whole engine is, beyond the accounts in it. Who it is, his credentials say; while no identity is configured: the configured account, on this machine.</summary>
internal sealed class EngineOperator(EngineOptions options)
{
    public bool Is(string accountId, HttpContext context) => options.Identity.IsOn ? Identified.Of(context)?.Caller.Authority.Kind == AuthorityKind.Operator :
        string.Equals(accountId, options.Account, StringComparison.Ordinal) && LoopbackGuard.IsFromHere(context);

    /// <summary>Lets nobody else in.</summary>
    /// <param name="api">What is the operator's.</param>
    /// <param name="what">What it is about, as the first words of a sentence with "for the operator of the engine".</param>
    public static RouteGroupBuilder Only(RouteGroupBuilder api, string what)
    {
        var forbidden = new Problem("Not allowed", 403, $"{what} for the operator of the engine.", "operator-only");
        return api.AddEndpointFilter(async (call, next) => Of(call.HttpContext) is null ? forbidden : await next(call));
    }

    /// <summary>Who asks, where it is the operator; null where it is somebody else.</summary>
    public static (string AccountId, string Actor)? Of(HttpContext context)
    {
        var caller = context.RequestServices.GetRequiredService<ICallers>().Of(context);
        return context.RequestServices.GetRequiredService<EngineOperator>().Is(caller.AccountId, context) ? (caller.AccountId, caller.Actor) : null;
    }
}
