using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace ProcessDeployment.Web.Live;

/// <summary>
/// Who looks at a page. When the sign-in has ended the browser is asked whether there is a new one by now, so that whoever
/// signed in again in another tab goes on here, with all that was typed.
/// </summary>
internal sealed class SignedIn
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly IPageTickets? _tickets;
    private readonly IServiceProvider _services;
    private Task<ClaimsPrincipal>? _user;

    public SignedIn(IPageTickets? tickets, IServiceProvider services) => (_tickets, _services) = (tickets, services);

    /// <summary>There is another sign-in of the same person.</summary>
    public event Action? Renewed;

    /// <summary>Whether anybody signs in here at all.</summary>
    public bool IsNeeded => _tickets is not null;

    public async ValueTask<string?> NameAsync() => _tickets?.NameOf(await UserAsync());

    public async ValueTask<string?> AccountAsync() => _tickets?.AccountOf(await UserAsync());

    /// <summary>The same for all pages of a sign-in; empty where nobody signs in.</summary>
    public async ValueTask<string> StreamAsync() => _tickets?.StreamOf(await UserAsync()) ?? "";

    /// <summary>Null when the sign-in has ended.</summary>
    public async ValueTask<string?> TicketAsync() => _tickets?.For(await UserAsync());

    /// <summary>The same, once more after asking the browser.</summary>
    public async ValueTask<string?> TicketOrRenewedAsync()
    {
        if (await TicketAsync() is { } ticket) return ticket;
        if (await GrantAsync() is not { Length: > 0 } grant || _tickets?.Renew(await UserAsync(), grant) is not { } again) return null;
        _user = Task.FromResult(again);
        Renewed?.Invoke();
        return _tickets.For(again);
    }

    private async Task<string?> GrantAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            return await _services.GetRequiredService<IJSRuntime>().InvokeAsync<string?>("pd.session", patience.Token);
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or InvalidOperationException or OperationCanceledException)
        {
            // Nobody looks at it any more, or it is not alive yet.
            return null;
        }
    }

    private Task<ClaimsPrincipal> UserAsync() => _user ??= AskAsync();

    private async Task<ClaimsPrincipal> AskAsync() => (await _services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync()).User;
}
