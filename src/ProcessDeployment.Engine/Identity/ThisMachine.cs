using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Identity;

/// <summary>Whether a request was made on this machine, and not only handed on by something that runs on it.</summary>
internal static class ThisMachine
{
    private static readonly string[] Handed = ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Original-For"];

    public static bool Made(HttpContext context) =>
        LoopbackGuard.IsFromHere(context) && context.Items[Proxies.HandedOn] is null && !Handed.Any(context.Request.Headers.ContainsKey);
}
