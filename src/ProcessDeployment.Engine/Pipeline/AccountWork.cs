using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Homes;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>The commands of one account on their way through a transaction, and what is known of them.</summary>
internal sealed class AccountWork(string accountId, IReadOnlyList<IncomingCommand> commands)
{
    /// <summary>The code of an answer that nobody is given: see <see cref="NoLongerLetInException"/>.</summary>
    internal const string NoLongerLetIn = "no-longer-let-in";

    private readonly List<Outcome> _answers = new(commands.Count);

    public string AccountId { get; } = accountId;

    public IReadOnlyList<IncomingCommand> Commands { get; } = commands;

    public AccountChanges Changes { get; } = new(accountId);

    /// <summary>What became of these commands before.</summary>
    public OutcomeStore Known { get; } = new();

    /// <summary>Whether there is such an account.</summary>
    public bool Found { get; private set; }

    /// <summary>The outcome of each command, in order.</summary>
    public IReadOnlyList<Outcome> Answers => Found ? _answers : [.. Commands.Select(Unknown)];

    /// <summary>The account is there; it is locked where what is judged will be written.</summary>
    /// <exception cref="AccountAwayException">It takes no commands here.</exception>
    public void Open(long position, DateTimeOffset lastTime, DateTimeOffset now, string? away)
    {
        if (away is not null) throw new AccountAwayException(AccountId, away);
        Changes.Open(position, lastTime, now);
        Found = true;
    }

    /// <summary>All that can be told in advance; null when nothing is missing.</summary>
    public LookUp? Missing() => Missing(Commands.Where(command => !Known.Contains(command.Envelope.CommandId)));

    /// <summary>Decides the commands in order. An earlier one may have led to more that a later one must see, which is asked for through <paramref name="load"/>.</summary>
    public async Task JudgeAsync(Func<Func<LookUp?>, Task> load)
    {
        if (!Found) return;
        foreach (var command in Commands)
        {
            var id = command.Envelope.CommandId;
            // Before what became of it before: that too is told to nobody outside.
            if (command.LetInByMemory && !Changes.Account.KnownAccess().LetsIn(command.Authority, command.Envelope.Command.Actor)) _answers.Add(Outside(command));
            else if (Known.Contains(id)) _answers.Add(Known.Replay(command));
            else if (Changes.Known(id) is { } earlier) _answers.Add(Repeated(command, earlier));
            else
            {
                await load(() => Missing([command]));
                _answers.Add(Changes.Judge(command).Outcome);
            }
        }
    }

    private LookUp? Missing(IEnumerable<IncomingCommand> commands)
    {
        var needs = Changes.NeedsOf(commands);
        return needs.IsEmpty ? null : new(AccountId, needs, new(needs, Changes.StreamsBefore));
    }

    /// <summary>The same id twice in one batch.</summary>
    private static Outcome Repeated(IncomingCommand command, Judged earlier) =>
        earlier.Command.Envelope.Fingerprint.Span.SequenceEqual(command.Envelope.Fingerprint.Span)
            ? earlier.Outcome with { Replayed = true }
            : OutcomeStore.Reused(command, earlier.Outcome.Position);

    /// <summary>The answer where there is no such account.</summary>
    public Outcome Unknown(IncomingCommand command) => Unjudged(command, RefusalCodes.UnknownAccount, $"There is no account {command.AccountId}.");

    private static Outcome Outside(IncomingCommand command) => Unjudged(command, NoLongerLetIn, "The account lets the sender in no more.");

    private static Outcome Unjudged(IncomingCommand command, string code, string message) => new()
    {
        CommandId = command.Envelope.CommandId,
        Status = OutcomeStatus.Refused,
        Position = 0,
        Refusal = new(code, message, null),
    };
}
