namespace ProcessDeployment.Domain.Tests.Dsl;

/// <summary>The four words tests are written in: Given events or commands, When a command, Then events or something true, or Refused.</summary>
public abstract class Situation
{
    internal World World { get; } = new();

    protected Decision Decision { get; private set; } = Decision.Unchanged;

    /// <summary>What the questions would answer now.</summary>
    protected AccountPicture Picture => Oracle.Fold(World.Events);

    protected Account Account => World.Store.Complete;

    protected void Given(params object[] eventsOrCommands)
    {
        foreach (var given in eventsOrCommands)
        {
            if (given is not Command command) World.Record((DomainEvent)given, World.Kim);
            else World.Send(command).Status.ShouldBe(OutcomeStatus.Accepted, $"{command}: {World.Last.Refusal?.Message}");
        }
    }

    protected void When(Command command) => Decision = World.Send(command);

    protected void Then(params DomainEvent[] events)
    {
        Decision.Status.ShouldBe(events.Length == 0 ? OutcomeStatus.Unchanged : OutcomeStatus.Accepted, Decision.Refusal?.Message);
        Json.Of(Decision.Events).ShouldBe(Json.Of(events));
    }

    protected void Then<TEvent>(Action<TEvent> holds)
        where TEvent : DomainEvent
    {
        Decision.Status.ShouldBe(OutcomeStatus.Accepted, Decision.Refusal?.Message);
        holds(Decision.Events.OfType<TEvent>().ShouldHaveSingleItem());
    }

    protected void Then(Action<AccountPicture> holds) => holds(Picture);

    protected Refusal Refused(string code)
    {
        Decision.Status.ShouldBe(OutcomeStatus.Refused);
        Decision.Refusal.ShouldNotBeNull().Code.ShouldBe(code);
        return Decision.Refusal;
    }
}
