using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Secrets;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>A well-formed command on its way in.</summary>
/// <param name="Envelope">The command with its account and actor filled in.</param>
/// <param name="Channel">One of <see cref="Channels"/>.</param>
/// <param name="IntakeRow">The row of the PostgreSQL intake that goes in the transaction which writes the effects.</param>
public sealed record IncomingCommand(CommandEnvelope Envelope, string Channel, long? IntakeRow = null)
{
    /// <summary>For a save: its content as it will be kept.</summary>
    public StoredContent? Content { get; } = StoredContent.Of(Envelope.Command);

    /// <summary>Values that may be secret, by key, as they will be kept if they are; null for commands that have none.</summary>
    internal IReadOnlyDictionary<string, SealedValue>? Sealed { get; init; }

    /// <summary>What it would be known by had it been sent in another home, where the fingerprint was marked with another key.</summary>
    internal IReadOnlyList<byte[]> OtherFingerprints { get; init; } = [];

    /// <summary>On whose word it comes. Where a channel says nothing of it, what the actor may do counts.</summary>
    public Authority Authority { get; init; } = Channel is Channels.Engine or Channels.Sample ? Authority.Operator : Authority.OfActor;

    /// <summary>Whoever sends it was let in by what was remembered of the account: whether he still is, is seen under the lock.</summary>
    public bool LetInByMemory { get; init; }

    /// <summary>The signature of its producer, checked when it is judged: by the key that the account knows at that moment.</summary>
    public SignedCommand? Signature { get; init; }

    public string AccountId => Envelope.Command.AccountId!;

    /// <summary>
    /// Its channel keeps it until it is answered, so an outage of the store only delays it: it stays at its place in its
    /// lane, where failing it would let later ones overtake.
    /// </summary>
    public bool CanWait => Channel is Channels.PostgreSql or Channels.RabbitMq;
}

/// <summary>Where commands come from.</summary>
public static class Channels
{
    public const string Http = "http";
    public const string PostgreSql = "postgresql";
    public const string RabbitMq = "rabbitmq";

    /// <summary>What the engine notes of itself.</summary>
    public const string Engine = "engine";

    /// <summary>The sample account: the only channel whose commands bring their own time.</summary>
    public const string Sample = "sample";
}

/// <summary>The one way in, for all channels.</summary>
public interface ICommandPipeline
{
    /// <summary>Waits its turn in its account, takes effect at most once, and answers after the commit.</summary>
    /// <exception cref="PipelineBusyException">Too many commands are waiting; nothing was stored.</exception>
    /// <exception cref="StoreUnavailableException">The store could not be reached or did not answer: send the same id again to learn what became of it.</exception>
    Task<Outcome> SubmitAsync(IncomingCommand command, CancellationToken cancellation = default);
}

/// <summary>What channels ask about a command they handed over.</summary>
internal static class HandingOver
{
    /// <summary>True at once for a command that found no room: nothing was stored, and what comes after it must not overtake it.</summary>
    public static bool IsTurnedAway(this Task outcome) => outcome is { IsFaulted: true, Exception.InnerException: PipelineBusyException };
}

/// <summary>Whoever sent the command was let in by what was remembered, and is let in no more. Nothing of the command is stored, its id is free.</summary>
internal sealed class NoLongerLetInException() : Exception("The account lets the sender in no more.");

/// <summary>Too many commands are waiting.</summary>
public sealed class PipelineBusyException() : Exception("Too many commands are waiting; try again in a moment.");

/// <summary>The store could not be reached or did not answer.</summary>
public sealed class StoreUnavailableException(Exception inner) : Exception($"The event store does not answer: {inner.Message}", inner);
