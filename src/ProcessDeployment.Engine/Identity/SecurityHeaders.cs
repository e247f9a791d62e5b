namespace ProcessDeployment.Engine.Identity;

/// <summary>What every answer tells a browser, also one that went wrong: load nothing, frame nothing, tell nobody. Pages say more precisely what they need.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private const string Explorer = "/scalar";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            static state =>
            {
                Set((HttpContext)state);
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    /// <summary>At the last moment: whoever begins an answer anew takes away what was said before.</summary>
    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        if (headers["Referrer-Policy"].Count == 0) headers["Referrer-Policy"] = "no-referrer";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(Explorer, StringComparison.OrdinalIgnoreCase) ? "frame-ancestors 'none'" : Nothing;
    }
}
