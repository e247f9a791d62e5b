using CsCheck;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Properties;

public sealed class Deciding_twice
{
    /// <summary>Commands that name a state to reach: once it is reached there is nothing to do.</summary>
    private static readonly Gen<Command> Settling = Commands.Any.Where(command =>
        command is AttachAtoms or DetachAtoms or DeleteComponent or RestoreComponent or RenameAtom or Contracts.Commands.DeleteAtom or SetLicences or SetLicenceEnforcement or UpdateEnvironment or Contracts.Commands.DeleteEnvironment or SetEnvironments
            or LabelVersion or WithdrawVersion or PauseListeners or ResumeListeners);

    [Fact, Covers("#5")]
    public void adds_nothing() => Gen.Select(Commands.Sequences, Settling).Sample(
        (commands, settling) =>
        {
            var world = new World();
            foreach (var command in commands) world.Send(command);

            var first = world.Send(settling);
            var second = world.Send(settling);
            if (first.Status == OutcomeStatus.Refused) Json.Of(second).ShouldBe(Json.Of(first));
            else second.Status.ShouldBe(OutcomeStatus.Unchanged);
        },
        iter: 120,
        print: pair => $"{Commands.Print(pair.Item1)}\nthen twice {pair.Item2}");

    /// <summary>The same at the same moment: decisions hold no state and read no clock.</summary>
    [Fact]
    public void from_the_same_account_gives_the_same() => Gen.Select(Commands.Sequences, Commands.Any).Sample(
        (commands, last) =>
        {
            var world = new World();
            foreach (var command in commands) world.Send(command);
            var account = world.Lookup(last, Account.Empty);
            // At a moment that there is: a schedule has none before the first day.
            var occasion = new Occasion(Id(1), World.At(0));
            Json.Of(Decider.Decide(last, account, occasion: occasion)).ShouldBe(Json.Of(Decider.Decide(last, account, occasion: occasion)));
        },
        iter: 50);
}
