using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Http;

/// <summary>Whose the whole engine is, beyond the accounts in it. While no identity is configured: the configured account, on this machine.</summary>
internal sealed class EngineOperator(EngineOptions options)
{
    public bool Is(string accountId, HttpContext context) =>
        string.Equals(accountId, options.Account, StringComparison.Ordinal) && LoopbackGuard.IsFromHere(context);

    /// <summary>Who asks, where it is the operator; null where it is somebody else.</summary>
    public static (string AccountId, string Actor)? Of(HttpContext context)
    {
        var caller = context.RequestServices.GetRequiredService<ICallers>().Of(context);
        return caller.AccountId is { } accountId && context.RequestServices.GetRequiredService<EngineOperator>().Is(accountId, context) ? (accountId, caller.Actor ?? accountId) : null;
    }
}
