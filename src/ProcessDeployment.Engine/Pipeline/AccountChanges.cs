using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// One account while a batch holds its lock: what is known of it, where its streams and its position stand, and what was
/// judged so far. Decisions are made in order, each on the state the former one left.
/// </summary>
internal sealed class AccountChanges(string accountId)
{
    private readonly Dictionary<Guid, Judged> _judged = [];
    private DateTimeOffset _now;

    public string AccountId { get; } = accountId;

    /// <summary>The account as it was read, without the decisions of this batch.</summary>
    public Account Before { get; private set; } = Account.Empty;

    public Account Account { get; private set; } = Account.Empty;

    /// <summary>Lengths of the streams as they were read; absent = a stream that does not exist yet.</summary>
    public Dictionary<string, long> StreamsBefore { get; private init; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Streams { get; } = new(StringComparer.Ordinal);

    public long Position { get; private set; }

    /// <summary>The time of the last event: database time, never going back.</summary>
    public DateTimeOffset LastTime { get; private set; }

    /// <summary>What the database's clock said when the account was opened.</summary>
    public DateTimeOffset Now => _now;

    public IReadOnlyCollection<Judged> Judged => _judged.Values;

    /// <summary>Where the account stands under its lock, and what the database's clock says.</summary>
    public void Open(long position, DateTimeOffset lastTime, DateTimeOffset now) => (Position, LastTime, _now) = (position, lastTime, now);

    public void Learn(Findings findings)
    {
        var found = findings.Found();
        Before = found.AddTo(Before);
        Account = found.AddTo(Account);
    }

    public Needs NeedsOf(IEnumerable<IncomingCommand> commands)
    {
        var needs = new Needs(Account);
        foreach (var command in commands) Decider.Needs(command.Envelope.Command, Account, needs);
        return needs;
    }

    /// <summary>The same account, where nothing was judged yet, to judge one command of several by itself.</summary>
    public AccountChanges Afresh() => new(AccountId)
    {
        Before = Before,
        Account = Before,
        StreamsBefore = StreamsBefore,
        Position = Position,
        LastTime = LastTime,
        _now = _now,
    };

    public Judged? Known(Guid commandId) => _judged.GetValueOrDefault(commandId);

    public Judged Judge(IncomingCommand command)
    {
        var time = TimeOf(command) is var now && now > LastTime ? now : LastTime;
        var decision = Decider.Decide(command.Envelope.Command, Account, command.Content?.Hash, new(command.Envelope.CommandId, time, Proven(command)));
        Account = decision.Events.OfType<RevisionMade>().Aggregate(Account.Evolve(decision.Events), (account, made) => account.Revised(made, command.Envelope.Command.Actor!));
        var placed = decision.Events.Select(Place).ToList();
        // A command that left no event changes nothing of where the account stands.
        if (placed.Count > 0) LastTime = time;
        var judged = new Judged(command, decision, placed, Answer(command, decision, placed), time);
        _judged.Add(command.Envelope.CommandId, judged);
        return judged;
    }

    /// <summary>On whose word it comes, once it is known whose key the account takes for that of its signer.</summary>
    private Authority Proven(IncomingCommand command) =>
        command is { Signature: { } signature, Authority.Sender: { } sender } && Account.Access?.Producers.GetValueOrDefault(signature.Signer) is { PublicKey: { } key } && signature.IsBy(key)
            ? command.Authority with { Sender = sender with { Signer = signature.Signer } }
            : command.Authority;

    /// <summary>The sample account brings its own past; everything else happens when the database says so.</summary>
    private DateTimeOffset TimeOf(IncomingCommand command) =>
        string.Equals(command.Channel, Channels.Sample, StringComparison.Ordinal) ? command.Envelope.Time ?? _now : _now;

    private PlacedEvent Place(DomainEvent @event)
    {
        var stream = @event.StreamName();
        var number = (Streams.TryGetValue(stream, out var length) ? length : StreamsBefore.GetValueOrDefault(stream)) + 1;
        Streams[stream] = number;
        return new(@event, stream, number, ++Position);
    }

    private Outcome Answer(IncomingCommand command, Decision decision, List<PlacedEvent> placed) => new()
    {
        CommandId = command.Envelope.CommandId,
        Status = decision.Status,
        Position = Position,
        Events = placed.ConvertAll(p => new EventReference(p.Stream, EventTypes.Of(p.Event).WireName, p.Number, p.Position)),
        Receipt = decision.Events.Select(Receipts.Of).OfType<ReceiptItem>().ToList() is { Count: > 0 } receipt ? receipt : null,
        Warnings = decision.Warnings,
        Refusal = decision.Refusal is { } refusal
            ? new(refusal.Code, refusal.Message, refusal.Details is { } details ? System.Text.Json.JsonSerializer.SerializeToElement(details, WireJson.Options) : null)
            : null,
    };
}
