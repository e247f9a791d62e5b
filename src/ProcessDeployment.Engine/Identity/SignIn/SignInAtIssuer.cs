using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using ProcessDeployment.Engine.Identity.Settings;
using ProcessDeployment.Engine.Identity.Tokens;

namespace ProcessDeployment.Engine.Identity.SignIn;

/// <summary>Somebody comes back from the issuer.</summary>
internal static class SignInAtIssuer
{
    public static async Task EnterAsync(TokenValidatedContext validated)
    {
        var services = validated.HttpContext.RequestServices;
        var (callers, known, time, options) = (services.GetRequiredService<CallersOfTokens>(), services.GetRequiredService<KnownAccounts>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IdentityOptions>());
        var (found, problem) = await callers.ReadAsync((ClaimsIdentity)validated.Principal!.Identity!, validated.HttpContext.RequestAborted);
        var accounts = new List<string>();
        foreach (var account in found?.Accounts ?? [])
        {
            if (await known.IsKnownAsync(account, validated.HttpContext.RequestAborted)) accounts.Add(account);
        }

        if (found is null || accounts.Count == 0)
        {
            validated.Fail(new NotAllowedException(problem.Problem?.Detail ?? "None of your accounts is an account of this engine."));
            return;
        }

        var ends = time.GetUtcNow() + options.SignInLifetime;
        validated.Principal = PageUser.New(new(accounts[0], found.Actor, found.Authority), accounts, ends).ToPrincipal();
        validated.Properties = new AuthenticationProperties { RedirectUri = Next(validated.Properties?.RedirectUri, accounts.Count), ExpiresUtc = ends, AllowRefresh = false };
    }

    /// <summary>What the issuer said goes to the log, without line breaks of its own.</summary>
    public static Task FailAsync(RemoteFailureContext failed)
    {
        failed.HandleResponse();
        var why = failed.Failure is NotAllowedException or { InnerException: NotAllowedException } ? (failed.Failure as NotAllowedException ?? failed.Failure.InnerException!).Message : null;
        if (why is null) failed.HttpContext.RequestServices.GetRequiredService<ILogger<PageTickets>>().LogWarning("Signing in at the issuer failed: {Why}", failed.Failure?.Message.ReplaceLineEndings(" "));
        return SignInHtml.WriteAsync(failed.HttpContext, "You are not signed in", $"""<p>{SignInHtml.Encode(why ?? "The issuer did not say who you are.")}</p><p><a href="{SignInPaths.SignIn}">Try again</a></p>""", 403);
    }

    private static string Next(string? back, int accounts) => accounts > 1 ? $"{SignInPaths.Account}?return={Uri.EscapeDataString(SignInPaths.Local(back))}" : SignInPaths.Local(back);

    private sealed class NotAllowedException(string message) : Exception(message);
}
