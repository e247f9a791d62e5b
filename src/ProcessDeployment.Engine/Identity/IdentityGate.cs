using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Identity.Passwords;
using ProcessDeployment.Engine.Identity.Settings;
using ProcessDeployment.Engine.Identity.SignIn;
using ProcessDeployment.Engine.Identity.Tokens;

namespace ProcessDeployment.Engine.Identity;

/// <summary>Lets nobody in without credentials: whatever does not say that it is open is closed, also what somebody adds tomorrow.</summary>
internal sealed class IdentityGate(RequestDelegate next, IdentityOptions options, IssuerTokens? tokens = null)
{
    private static readonly TimeSpan Stream = TimeSpan.FromMinutes(1);
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";
    private static readonly string[] OfOperators = ["/metrics", "/openapi", "/scalar"];

    public async Task InvokeAsync(HttpContext context, KeyDoor keys, PasswordDoor passwords, PageTickets tickets, Placement placement, TimeProvider time)
    {
        var ofOperators = OfOperators.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        if (AtomCaller.Of(context) is not null || IsOpen(context, ofOperators))
        {
            await next(context);
            return;
        }

        var (who, problem) = await EnterAsync(context, keys, passwords, tickets);
        if (who is null)
        {
            await RefuseAsync(context, problem);
            return;
        }

        if (ofOperators && who.Caller.Authority.Kind != AuthorityKind.Operator)
        {
            await new Problem("Not allowed", 403, "This is for the operator of the engine, or on its own machine.", "operator-only").ExecuteAsync(context);
            return;
        }

        context.Features.Set(who);
        // One that another home answers is ended there.
        using var end = placement.Elsewhere(who.Caller.AccountId) is null ? Ending(context, who, time) : null;
        await next(context);
    }

    private static bool IsOpen(HttpContext context, bool ofOperators) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || (ofOperators && ThisMachine.Made(context));

    private ValueTask<Entry> EnterAsync(HttpContext context, KeyDoor keys, PasswordDoor passwords, PageTickets tickets) => context.Request.Headers.Authorization switch
    {
        [] => ByCookieAsync(context),
        [{ } given] when given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => given[Bearer.Length..].Trim() switch
        {
            var text when text.StartsWith(PageTickets.Prefix, StringComparison.Ordinal) => tickets.EnterAsync(context, text),
            var text when options.ApiKeys && text.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal) => keys.EnterAsync(context, text),
            var text when tokens is not null => tokens.EnterAsync(context, text),
            _ => new(NotOurs),
        },
        [{ } given] when given.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && BasicCredentials.Read(given[Basic.Length..].Trim()) is { } basic => basic switch
        {
            // A key says itself whose it is, whatever name stands before it.
            _ when options.ApiKeys && (options.Passwords is null || basic.Password.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal)) => keys.EnterAsync(context, basic.Password),
            _ when options.Passwords is not null => passwords.EnterAsync(basic.User, basic.Password, context.RequestAborted),
            _ => new(NotOurs),
        },
        _ => new(NotOurs),
    };

    private static Entry NotOurs => Entry.Unknown("These credentials are of no kind that this engine takes.", "token-invalid");

    /// <summary>A browser sends it by itself, so it counts for the pages, and in the API for reading only, and only when a page of ours asked for that.</summary>
    private static async ValueTask<Entry> ByCookieAsync(HttpContext context)
    {
        var request = context.Request;
        if (ApiPaths.IsPlatform(request.Path) || (ApiPaths.IsApi(request.Path) && !IsReadByOurPages(request))) return default;
        if (await SignInSchemes.OfAsync(context) is not { } user) return default;
        context.User = user.ToPrincipal();
        return Entry.In(user.Caller, user.Ends);
    }

    private static bool IsReadByOurPages(HttpRequest request) => (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && (request.Headers["Sec-Fetch-Site"] == "same-origin" || (request.Headers["Sec-Fetch-Site"] == "same-site" && request.Headers["Sec-Fetch-Mode"] == "navigate"));

    /// <summary>Tells whoever came in no way how he could.</summary>
    internal static Task RefuseAsync(HttpContext context, Problem? problem)
    {
        if (problem is null && HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            context.Response.Redirect(SignInPaths.To(context.Request));
            return Task.CompletedTask;
        }

        if (problem is null or { Status: 401 }) context.Response.Headers.WWWAuthenticate = ChallengeOf(context.Request, problem);
        return (problem ?? new("Who are you?", 401, "This needs credentials: a token or an API key, as Authorization: Bearer …", "credentials-missing")).ExecuteAsync(context);
    }

    /// <summary>Many clients of the platform API send what they have only when asked for it. A browser is not asked: it would keep a password and send it for every page.</summary>
    private static Microsoft.Extensions.Primitives.StringValues ChallengeOf(HttpRequest request, Problem? problem)
    {
        var bearer = problem is null ? "Bearer realm=\"process-deployment\"" : "Bearer realm=\"process-deployment\", error=\"invalid_token\"";
        return ApiPaths.IsPlatform(request.Path) && request.Headers["Sec-Fetch-Mode"].Count == 0 ? new Microsoft.Extensions.Primitives.StringValues([bearer, "Basic realm=\"process-deployment\", charset=\"UTF-8\""]) : bearer;
    }

    /// <summary>A stream would go on for hours. It ends soon and is taken up again where it was, through this gate: whoever lost his key or his roles meanwhile stays outside.</summary>
    private static CancellationTokenSource? Ending(HttpContext context, Identified who, TimeProvider time)
    {
        if (!context.Request.Path.Value!.EndsWith("/changes", StringComparison.OrdinalIgnoreCase)) return null;
        var left = who.Until is { } until && until - time.GetUtcNow() < Stream ? until - time.GetUtcNow() : Stream;
        var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        end.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        context.RequestAborted = end.Token;
        return end;
    }
}
