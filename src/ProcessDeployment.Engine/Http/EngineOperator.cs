using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Http;

/// <summary>Whose the whole engine is, beyond the accounts in it. While no identity is configured: the configured account, on this machine.</summary>
internal sealed class EngineOperator(EngineOptions options)
{
    public bool Is(string accountId, HttpContext context) =>
        string.Equals(accountId, options.Account, StringComparison.Ordinal) && LoopbackGuard.IsFromHere(context);
}
