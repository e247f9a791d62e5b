using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Http;

/// <summary>Whose the whole engine is, beyond the accounts in it. While no identity is configured: the configured account, on this machine.</summary>
internal sealed class EngineOperator(EngineOptions options)
{
    public bool Is(string accountId, HttpContext context) =>
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
        return caller.AccountId is { } accountId && context.RequestServices.GetRequiredService<EngineOperator>().Is(accountId, context) ? (accountId, caller.Actor ?? accountId) : null;
    }
}
