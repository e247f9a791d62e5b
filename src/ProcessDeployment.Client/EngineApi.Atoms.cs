using System.Globalization;
using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Client;

/// <content>Questions about Atoms, and their tokens.</content>
public sealed partial class EngineApi
{

    /// <summary>A part of the list of Atoms, by name.</summary>
    public Task<Listed<AtomItem>> AtomsAsync(string? text = null, string? cursor = null, int take = 100, CancellationToken cancellation = default) =>
        AskAsync<Listed<AtomItem>>("atoms", Query.Of("text", text).With("cursor", cursor).With("take", take), cancellation);

    public Task<AtomAnswer> AtomAsync(Guid atomId, CancellationToken cancellation = default) => AskAsync<AtomAnswer>($"atoms/{atomId}", Query.None, cancellation);

    /// <summary>What runs on an Atom, by name.</summary>
    public Task<Listed<DeployedProcess>> DeployedOnAsync(
        Guid atomId, string? text = null, bool? revised = null, string? cursor = null, int take = 100, CancellationToken cancellation = default) =>
        AskAsync<Listed<DeployedProcess>>($"atoms/{atomId}/deployments", Query.Of("text", text).With("revised", revised).With("cursor", cursor).With("take", take), cancellation);

    /// <summary>A Process on an Atom: its version, its schedules and next runs, and what its extensions are set to.</summary>
    public Task<ProcessOnAtomAnswer> ProcessOnAtomAsync(Guid processId, Guid atomId, CancellationToken cancellation = default) =>
        AskAsync<ProcessOnAtomAnswer>($"processes/{processId}/atoms/{atomId}", Query.None, cancellation);

    /// <summary>What happened to an Atom, newest first.</summary>
    public Task<Listed<Change>> HistoryOfAtomAsync(Guid atomId, string? cursor = null, int take = 50, CancellationToken cancellation = default) =>
        AskAsync<Listed<Change>>("audit", Query.Of("atom", atomId).With("cursor", cursor).With("take", take), cancellation);

    /// <summary>The tokens that let an Atom in now.</summary>
    public Task<TokensAnswer> TokensAsync(Guid atomId, CancellationToken cancellation = default) =>
        _requests.GetAsync<TokensAnswer>($"atoms/{atomId}/tokens", cancellation);

    /// <summary>Lets an Atom in with a new token. Unlike a command it has no id: sent twice, there are two.</summary>
    /// <param name="atomId">The Atom.</param>
    /// <param name="expiresAt">Until when it is good; without end where left out.</param>
    /// <param name="reason">Why, for the history.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IssuedToken> IssueTokenAsync(Guid atomId, DateTimeOffset? expiresAt, string? reason, CancellationToken cancellation = default)
    {
        var wanted = new { ExpiresAt = expiresAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), Reason = reason };
        var issued = await _requests.PostAsync<IssuedToken>(
            $"atoms/{atomId}/tokens", Json, JsonSerializer.SerializeToUtf8Bytes(wanted, WireJson.Options), HttpStatusCode.Conflict, cancellation);
        MustContain(issued.Position);
        return issued;
    }
}
