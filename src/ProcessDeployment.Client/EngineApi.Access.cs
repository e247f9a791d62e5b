using System.Globalization;
using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Client;

/// <content>Questions about who may do what, which are of now, and API keys.</content>
public sealed partial class EngineApi
{
    /// <summary>Who may do what: roles, members, keys, producers, rules of changes and freezes.</summary>
    public Task<AccessAnswer> AccessAsync(CancellationToken cancellation = default) => _requests.GetAsync<AccessAnswer>("access", cancellation);

    /// <summary>What whoever asks may do.</summary>
    public Task<OwnAccess> OwnAccessAsync(CancellationToken cancellation = default) => _requests.GetAsync<OwnAccess>("access/own", cancellation);

    /// <summary>The keys that were not revoked, with when each was last used.</summary>
    public async Task<IReadOnlyList<KeyItem>> KeysAsync(CancellationToken cancellation = default) => (await _requests.GetAsync<Items<KeyItem>>("keys", cancellation)).List;

    /// <summary>Lets a program in with a new key. Unlike a command it has no id: sent twice, there are two.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="roles">What it lets do.</param>
    /// <param name="expiresAt">Until when it is good; without end where left out.</param>
    /// <param name="reason">Why, for the history.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IssuedKey> IssueKeyAsync(string name, IReadOnlyList<RoleGrant> roles, DateTimeOffset? expiresAt, string? reason, CancellationToken cancellation = default)
    {
        var wanted = new { Name = name, Roles = roles, ExpiresAt = expiresAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), Reason = reason };
        var issued = await _requests.PostAsync<IssuedKey>("keys", Json, JsonSerializer.SerializeToUtf8Bytes(wanted, WireJson.Options), HttpStatusCode.Conflict, cancellation);
        MustContain(issued.Position);
        return issued;
    }
}
