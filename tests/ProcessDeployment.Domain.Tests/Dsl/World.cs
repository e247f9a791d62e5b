using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Dsl;

/// <summary>One account: looks up what a command needs, decides, records. Every decision is also made with full knowledge and must be the same.</summary>
internal sealed class World
{
    public const string Kim = "kim@example.com";

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
    private readonly List<RecordedEvent> _events = [];
    private int _sent;

    /// <summary>On whose word commands come from here on; nothing is asked of it while it is null.</summary>
    public Authority? By { get; set; }

    public Store Store { get; } = new();

    public IReadOnlyList<RecordedEvent> Events => _events;

    public Decision Last { get; private set; } = Decision.Unchanged;

    /// <summary>The time of an event: a minute for each position.</summary>
    public static DateTimeOffset At(long position) => Start.AddMinutes(position);

    /// <summary>That of the next command: ids from 1000 on, in the order of sending.</summary>
    public Occasion Next => new(Say.Id(1000 + _sent), At(_events.Count + 1), By);

    public Decision Send(Command command)
    {
        command.Check().ShouldBeEmpty();
        var occasion = Next;
        _sent++;
        Last = Decider.Decide(command, Lookup(command, Account.Empty), occasion: occasion);
        Json.Of(Decider.Decide(command, Lookup(command, Store.Complete), occasion: occasion)).ShouldBe(Json.Of(Last), "with full knowledge it decides otherwise");
        foreach (var @event in Last.Events) Record(@event, command.Actor ?? Kim);
        return Last;
    }

    /// <summary>Adds to an account what a command needs of it.</summary>
    public Account Lookup(Command command, Account account)
    {
        for (var rounds = 0; ; rounds++)
        {
            var needs = new Needs(account);
            Decider.Needs(command, account, needs);
            if (needs.IsEmpty) return account;
            rounds.ShouldBeLessThan(5, $"{command.GetType().Name} asks again and again");
            account = Store.Answer(needs).AddTo(account);
        }
    }

    public void Record(DomainEvent @event, string actor)
    {
        Store.Record(@event, actor);
        _events.Add(new(_events.Count + 1, At(_events.Count + 1), actor, @event));
    }
}
