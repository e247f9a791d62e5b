using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity;
using ProcessDeployment.Engine.Identity.SignIn;

namespace ProcessDeployment.Engine.Homes.Routing;

/// <summary>Answers requests of accounts that are not here from the home they are in. Whoever asks needs to know one address only.</summary>
internal sealed class HomeGate(RequestDelegate next, Placement placement, HomeForwarder forwarder)
{
    /// <summary>Before anybody looks at credentials: what only the account's own home can look at.</summary>
    public Task InvokeAsync(HttpContext context) => AccountOfCredentials.Of(context.Request) is { } accountId ? PassAsync(context, accountId) : GuardAsync(context);

    private async Task PassAsync(HttpContext context, string accountId)
    {
        if (placement.Elsewhere(accountId) is { } home) await forwarder.ForwardAsync(context, accountId, home);
        else if (placement.IsMoving(accountId)) await Moving(accountId).ExecuteAsync(context);
        else await GuardAsync(context);
    }

    /// <summary>What is known of places is a moment old; the lock of the account knows better.</summary>
    private async Task GuardAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (AccountAwayException e) when (!context.Response.HasStarted)
        {
            await RefreshAsync(context.RequestAborted);
            context.Response.Clear();
            await Moving(e.AccountId).ExecuteAsync(context);
        }
    }

    /// <summary>If that is not possible now, it is in a moment.</summary>
    private async Task RefreshAsync(CancellationToken cancellation)
    {
        try
        {
            await placement.RefreshAsync(cancellation);
        }
        catch (Npgsql.NpgsqlException)
        {
            // The answer is the same.
        }
    }

    public static Problem Moving(string accountId) =>
        Problem.Unavailable($"The account {accountId} is on its way to another home. Send again in a moment, here or there, all of it with the same ids: what had taken effect before is answered as it was.", "account-moving");
}

/// <summary>The same once it is known who asks: by a token of the issuer, a password, or the cookie of the pages.</summary>
internal sealed class HomeOfCaller(RequestDelegate next, Placement placement, HomeForwarder forwarder)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (Identified.Of(context)?.Caller.AccountId is not { } accountId) await next(context);
        else if (placement.Elsewhere(accountId) is { } home) await LeadAsync(context, accountId, home);
        else if (placement.IsMoving(accountId)) await HomeGate.Moving(accountId).ExecuteAsync(context);
        else await next(context);
    }

    private async Task LeadAsync(HttpContext context, string accountId, Home home)
    {
        var address = HomeForwarder.AddressIn(home, context.Request);
        if (context.Request.Headers.Authorization is [{ } given] && !given.Contains(PageTickets.Prefix, StringComparison.Ordinal)) await forwarder.ForwardAsync(context, accountId, home);
        else if (HttpMethods.IsGet(context.Request.Method) && !context.WebSockets.IsWebSocketRequest) context.Response.Redirect(address, permanent: false, preserveMethod: true);
        else await new Problem("Somewhere else", 421, $"The account {accountId} is in the home {home.Name}: {home.Url}", "account-elsewhere").ExecuteAsync(context);
    }
}
