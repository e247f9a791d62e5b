using CsCheck;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Properties;

/// <summary>A batch decides several commands before it writes: what it looks up meanwhile is older than what it decided.</summary>
public sealed class A_batch_on_an_older_store
{
    [Fact]
    public void decides_like_one_command_after_another() => Gen.Select(Commands.Sequences, Gen.Int[2, 12]).Sample(
        (commands, size) =>
        {
            var (oneByOne, batched) = (new World(), new World());
            foreach (var batch in commands.Chunk(size))
            {
                var account = Account.Empty;
                var written = new List<DomainEvent>();
                foreach (var command in batch)
                {
                    account = batched.Lookup(command, account);
                    var decision = Decider.Decide(command, account, occasion: oneByOne.Next);
                    Json.Of(decision).ShouldBe(Json.Of(oneByOne.Send(command)));
                    account = account.Evolve(decision.Events);
                    written.AddRange(decision.Events);
                }

                foreach (var @event in written) batched.Record(@event, World.Kim);
            }
        },
        iter: 120,
        print: pair => $"{Commands.Print(pair.Item1)}\nin batches of {pair.Item2}");
}
