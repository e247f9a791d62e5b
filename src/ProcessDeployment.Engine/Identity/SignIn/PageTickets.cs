using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Engine.Identity.SignIn;

/// <summary>
/// With what the pages of this process ask its own API in the name of who looks at them. A ticket is good for a minute, on
/// this machine, and for the process that made it: its key is nowhere else.
/// </summary>
internal sealed class PageTickets(EndedSignIns ended, KeyDoor keys, IDataProtectionProvider protection, TimeProvider time) : IPageTickets
{
    public const string Prefix = "pdpt_";
    private const string Scheme = "Bearer ";
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GrantLifetime = TimeSpan.FromSeconds(30);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ITimeLimitedDataProtector _grants = protection.CreateProtector("a page that goes on after another sign-in").ToTimeLimitedDataProtector();

    public string? For(ClaimsPrincipal user)
    {
        if (PageUser.Of(user) is not { } known || ended.IsOver(known)) return null;
        // A ticket is for the account that is looked at; all of somebody who has hundreds would not fit into a header.
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Ticket(known with { Accounts = [known.AccountId] }, time.GetUtcNow() + Lifetime));
        return $"{Prefix}{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, payload))}";
    }

    public string? NameOf(ClaimsPrincipal user) => PageUser.Of(user)?.Actor;

    public string? AccountOf(ClaimsPrincipal user) => PageUser.Of(user)?.AccountId;

    public string? StreamOf(ClaimsPrincipal user) => PageUser.Of(user) is { } known ? $"{known.Id:n} {known.AccountId}" : null;

    /// <summary>What a page may be told that goes on with a new sign-in.</summary>
    public string Grant(PageUser user) => _grants.Protect(JsonSerializer.Serialize(user), GrantLifetime);

    public ClaimsPrincipal? Renew(ClaimsPrincipal user, string grant)
    {
        try
        {
            // Only the same person, in the same account: what stands on the page was meant for that.
            return JsonSerializer.Deserialize<PageUser>(_grants.Unprotect(grant)) is { } again && PageUser.Of(user) is { } former && !ended.IsOver(again)
                && again.Actor == former.Actor && again.Accounts.Contains(former.AccountId, StringComparer.Ordinal)
                ? (again with { Accounts = [former.AccountId, .. again.Accounts.Where(account => account != former.AccountId)] }).ToPrincipal()
                : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a request shows a ticket that was made here, be it good or not.</summary>
    public bool IsOurs(HttpContext context) => context.Request.Headers.Authorization is [{ } given] && given.StartsWith(Scheme + Prefix, StringComparison.Ordinal) && ThisMachine.Made(context) && Read(given[Scheme.Length..]) is not null;

    public async ValueTask<Entry> EnterAsync(HttpContext context, string given)
    {
        if (!ThisMachine.Made(context) || Read(given) is not { } ticket) return Entry.Unknown("This is no ticket of this engine.", "token-invalid");
        var isGood = ticket.Until > time.GetUtcNow() && !ended.IsOver(ticket.User)
            && (ticket.User.KeyId is not { } key || await keys.IsGoodAsync(context, ticket.User.AccountId, key));
        return isGood ? Entry.In(ticket.User.Caller, ticket.User.Ends) : Entry.Unknown("Your sign-in has ended.", "sign-in-ended");
    }

    private Ticket? Read(string given)
    {
        if (given.Length > 8_000 || given[Prefix.Length..].Split('.') is not [var text, var mark] || !Base64Url.IsValid(text) || !Base64Url.IsValid(mark)) return null;
        var payload = Base64Url.DecodeFromChars(text);
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, payload), Base64Url.DecodeFromChars(mark)) ? JsonSerializer.Deserialize<Ticket>(payload) : null;
    }

    private sealed record Ticket(PageUser User, DateTimeOffset Until);
}
