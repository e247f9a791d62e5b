using Microsoft.AspNetCore.Authentication;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Identity.SignIn;

/// <summary>Signing in to the pages, at the issuer or with a key, and out.</summary>
internal static class SignInEndpoints
{
    private const int MostBytes = 16 * 1024;

    public static void MapSignIn(this WebApplication app, IdentityOptions options)
    {
        var door = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes));
        if (options.ClientId is not null)
        {
            door.MapGet(SignInPaths.SignIn, static (HttpContext context) => context.ChallengeAsync(SignInSchemes.Issuer, new() { RedirectUri = SignInPaths.Local(context.Request.Query["return"]) }));
        }
        else if (options.ApiKeys)
        {
            door.MapGet(SignInPaths.SignIn, static (HttpContext context) => AskAsync(context, SignInPaths.Local(context.Request.Query["return"]), problem: null));
            door.MapPost(SignInPaths.SignIn, EnterAsync);
        }
        else
        {
            door.MapGet(SignInPaths.SignIn, static (HttpContext context) => SignInHtml.WriteAsync(context, "Sign in", "<p>Nobody can sign in to the pages of this engine: neither Identity__ClientId nor Identity__ApiKeys is set.</p>", 403));
        }

        door.MapGet(SignInPaths.SignedIn, static (HttpContext context) => SignInHtml.WriteAsync(context, "You are signed in", "<p>Close this tab and go on where you were: what you typed is still there.</p><p><a href=\"/\">Go to the pages</a></p>"));
        door.MapGet(SignInPaths.Session, GrantAsync);
        door.MapGet(SignInPaths.SignOut, static (HttpContext context) => SignInHtml.WriteAsync(context, "Sign out", SignInHtml.Form(context, SignInPaths.SignOut, "<p>Pages that are open in other tabs can change nothing any more then.</p><button class=\"pd-plain\">Sign out</button>")));
        door.MapPost(SignInPaths.SignOut, LeaveAsync);
        ChooseAccount.Map(door);
    }

    private static async Task EnterAsync(HttpContext context, KeyDoor keys, IdentityOptions options, TimeProvider time)
    {
        if (await SignInHtml.ReadAsync(context) is not { } form) return;
        var back = SignInPaths.Local(form["return"]);
        var (who, problem) = await keys.EnterAsync($"{form["key"]}".Trim(), context.RequestAborted);
        if (who is null)
        {
            await AskAsync(context, back, problem!.Detail, 401);
            return;
        }

        var latest = time.GetUtcNow() + options.SignInLifetime;
        await SignInSchemes.EnterAsync(context, PageUser.New(who.Caller, [who.Caller.AccountId], who.Until < latest ? who.Until.Value : latest));
        context.Response.Redirect(back);
    }

    private static Task AskAsync(HttpContext context, string back, string? problem, int status = 200) => SignInHtml.WriteAsync(
        context,
        "Sign in",
        (problem is null ? "" : $"<p class=\"pd-note pd-error\" role=\"alert\">{SignInHtml.Encode(problem)}</p>")
            + SignInHtml.Form(context, SignInPaths.SignIn, $"<input type=\"hidden\" name=\"return\" value=\"{SignInHtml.Encode(back)}\" /><p><label for=\"key\">API key</label><br /><input id=\"key\" name=\"key\" type=\"password\" autocomplete=\"current-password\" required autofocus /></p><button class=\"pd-plain\">Sign in</button>"),
        status);

    /// <summary>Only for a script of our own pages: nobody else may read what it answers.</summary>
    private static async Task GrantAsync(HttpContext context, PageTickets tickets)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Headers["Sec-Fetch-Site"] != "same-origin")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (await SignInSchemes.OfAsync(context) is { } user)
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(tickets.Grant(user), context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static async Task LeaveAsync(HttpContext context, EndedSignIns ended)
    {
        var user = await SignInSchemes.OfAsync(context);
        if (await SignInHtml.ReadAsync(context) is null) return;
        if (user is not null) ended.End(user);
        await context.SignOutAsync(SignInSchemes.Cookie);
        await SignInHtml.WriteAsync(context, "You are signed out", $"""<p><a href="{SignInPaths.SignIn}">Sign in again</a></p>""");
    }
}
