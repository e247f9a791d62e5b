using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>
/// Seals what may be secret in a command before it waits for its turn. Which values are, only the deployed version says, once
/// the account's lock is held; until then every value counts as one. The fingerprint, which is kept for ever, is a keyed one
/// for the same reason: a short secret is soon guessed from a plain hash.
/// </summary>
internal sealed class SealingPipeline(CommandPipeline pipeline, SecretKeys keys) : ICommandPipeline
{
    public Task<Outcome> SubmitAsync(IncomingCommand command, CancellationToken cancellation = default) =>
        Sealed(command) is { Sealed: not null } sealedCommand ? SubmitAsync(command, sealedCommand, cancellation) : pipeline.SubmitAsync(command, cancellation);

    /// <summary>A node that was cut off may seal with a key that was removed meanwhile: the database takes none of it, and it is sealed anew.</summary>
    private async Task<Outcome> SubmitAsync(IncomingCommand command, IncomingCommand sealedCommand, CancellationToken cancellation)
    {
        try
        {
            return await pipeline.SubmitAsync(sealedCommand, cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation && e.ConstraintName?.EndsWith("_sealed_with", StringComparison.Ordinal) is true)
        {
            await keys.RefreshAsync(cancellation);
            return await pipeline.SubmitAsync(Sealed(command), cancellation);
        }
    }

    private IncomingCommand Sealed(IncomingCommand command) => command.Envelope.Command switch
    {
        SetExtensions set => Sealed(command, set.Values.Where(setting => setting.Value is not null).ToDictionary(
            setting => setting.Key, setting => keys.Newest.Seal(setting.Value!, SecretOwner.Extension(command.AccountId, set.ProcessId, set.AtomId, setting.Key)), StringComparer.Ordinal)),
        SetWebhook { Secret: { } secret } set => Sealed(command, new(StringComparer.Ordinal) { [SecretOwner.OfWebhook] = keys.Newest.Seal(secret, SecretOwner.Webhook(command.AccountId, set.WebhookId)) }),
        _ => command,
    };

    private IncomingCommand Sealed(IncomingCommand command, Dictionary<string, SealedValue> values) => command with
    {
        Envelope = command.Envelope with { Fingerprint = keys.First.Mark(command.Envelope.Fingerprint.Span) },
        Sealed = values,
        OtherFingerprints = [.. keys.Ring.OtherMarks.Select(marks => marks.Mark(command.Envelope.Fingerprint.Span))],
    };
}

/// <summary>What sealed values are bound to.</summary>
internal static class SecretOwner
{
    /// <summary>What the one value of a webhook goes by.</summary>
    public const string OfWebhook = "secret";

    public static string Webhook(string accountId, Guid webhookId) => $"webhook/{accountId}/{webhookId}";

    /// <summary>The key comes last: it is the only part that may hold a slash.</summary>
    public static string Extension(string accountId, Guid processId, Guid atomId, string key) => $"extension/{accountId}/{processId}/{atomId}/{key}";
}
