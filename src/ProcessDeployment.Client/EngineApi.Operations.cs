using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Client;

/// <content>What only operators ask and do. It is of now, and of the whole engine.</content>
public sealed partial class EngineApi
{
    /// <summary>Whether the engine is ready; an engine that is not says so in the same words.</summary>
    public Task<Health> HealthAsync(CancellationToken cancellation = default) => _requests.GetAsync<Health>("../../health/ready", HttpStatusCode.ServiceUnavailable, cancellation);

    /// <summary>How far read models and ledger of each account are, and what waits.</summary>
    public Task<EngineWork> EngineWorkAsync(CancellationToken cancellation = default) => _requests.GetAsync<EngineWork>("operations", cancellation);

    /// <summary>The newest rebuilds and proofs.</summary>
    public async Task<IReadOnlyList<RebuildJob>> RebuildsAsync(CancellationToken cancellation = default) => (await _requests.GetAsync<Items<RebuildJob>>("rebuilds", cancellation)).List;

    public Task<RebuildJob> BeginRebuildAsync(RebuildWish wish, CancellationToken cancellation = default) => PostAsync<RebuildJob>("rebuilds", wish, cancellation);

    public Task<RebuildJob> CancelRebuildAsync(Guid jobId, CancellationToken cancellation = default) => _requests.DeleteAsync<RebuildJob>($"rebuilds/{jobId}", cancellation);

    public Task<RebuildJob> ResumeRebuildAsync(Guid jobId, CancellationToken cancellation = default) => PostAsync<RebuildJob>($"rebuilds/{jobId}/resume", null, cancellation);

    /// <summary>Messages that could not be judged, newest first.</summary>
    public Task<Listed<DeadLetter>> DeadLettersAsync(string? cursor = null, int take = 50, CancellationToken cancellation = default) =>
        _requests.GetAsync<Listed<DeadLetter>>($"dead-letters{Query.Of("cursor", cursor).With("take", take)}", cancellation);

    /// <summary>Sends a dead letter again, unchanged.</summary>
    public Task<LetterReplayed> ReplayLetterAsync(string id, CancellationToken cancellation = default) => PostAsync<LetterReplayed>($"dead-letters/{Uri.EscapeDataString(id)}/replay", null, cancellation);

    /// <summary>Accounts whose read models stand still before an event that cannot be read.</summary>
    public async Task<IReadOnlyList<HaltedAccount>> HaltedAccountsAsync(CancellationToken cancellation = default) =>
        (await _requests.GetAsync<Items<HaltedAccount>>("halted-accounts", cancellation)).List;

    /// <summary>Marks the event that cannot be read as skipped, so that the account goes on without it.</summary>
    public Task<SkippedEvent> SkipAsync(string accountId, long position, string reason, CancellationToken cancellation = default) =>
        PostAsync<SkippedEvent>($"halted-accounts/{Uri.EscapeDataString(accountId)}/skip", new { position, reason }, cancellation);

    public async Task<IReadOnlyList<WebhookItem>> WebhooksAsync(CancellationToken cancellation = default) => (await AskNowAsync<Items<WebhookItem>>("webhooks", Query.None, cancellation)).List;

    /// <summary>Sends again what a webhook was given up on.</summary>
    public Task<WebhookReplay> ReplayWebhookAsync(Guid webhookId, CancellationToken cancellation = default) => PostAsync<WebhookReplay>($"webhooks/{webhookId}/replay", null, cancellation);

    private Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellation) =>
        _requests.PostAsync<T>(path, Json, body is null ? default(ReadOnlyMemory<byte>) : JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options), null, cancellation);

    private sealed record Items<T>([property: System.Text.Json.Serialization.JsonPropertyName("items")] IReadOnlyList<T> List);
}
