using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Faults.Tests.Harness;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Faults.Tests;

/// <summary>
/// Row M2: what builds on each other comes reversed or shuffled. Saves and registrations stand alone and take effect in any
/// order; attaching and deploying are refused with what is missing, and done again under new ids they end where the straight order ends.
/// </summary>
public sealed class Sending_commands_out_of_order(Rig rig) : Under_faults(rig)
{
    private const int OnEachChannel = 8;

    [Fact]
    public Task is_refused_with_what_is_missing_and_ends_as_the_straight_order_does() => RoundsAsync(
        "M2", "reversed and shuffled order",
        async (random, report) =>
        {
            var sent = new List<Chain>();
            await SurvivesAsync(random, report, async load =>
            {
                await using var http = new HttpSender(Engine.Url);
                await using var sql = new SqlSender(Database.ConnectionString);
                await using var amqp = Broker is null ? null : new AmqpSender(Broker.Address);
                (string Account, ISender? Sender)[] channels = [(HttpAccount, http), (SqlAccount, sql), (AmqpAccount, amqp)];
                await Task.WhenAll(channels.Where(channel => channel.Sender is not null).SelectMany(channel => Enumerable.Range(0, OnEachChannel).Select(async i =>
                {
                    var chain = new Chain(channel.Account);
                    lock (sent) sent.Add(chain);
                    var order = chain.Straight.Reverse().ToArray();
                    // The first is reversed, the others are as it comes.
                    if (i > 0) lock (random) random.Shuffle(order);
                    var refused = await SendAsync(chain, order, channel.Sender!);
                    foreach (var command in chain.Straight.Where(refused.Contains)) (await AnswerAsync(chain, command, channel.Sender!)).Refusal.ShouldBeNull();
                })));
            });

            var pictures = Ledger.Accounts.ToDictionary(account => account.Id, account => Oracle.Fold(account.History.Select(row => row.Recorded)), StringComparer.Ordinal);
            foreach (var chain in sent)
            {
                var process = pictures[chain.Account].Processes[chain.Process];
                process.CurrentVersion.ShouldNotBeNull();
                process.RevisedSinceDeploy.ShouldBeFalse();
                process.Atoms.ShouldBe([chain.Atom]);
            }
        });

    /// <summary>Gives those that were refused.</summary>
    private async Task<List<Command>> SendAsync(Chain chain, Command[] order, ISender sender)
    {
        var refused = new List<Command>();
        for (var i = 0; i < order.Length; i++)
        {
            var before = order[..i];
            var code = (await AnswerAsync(chain, order[i], sender)).Refusal?.Code;
            code.ShouldBe(chain.Missing(order[i], before), $"{order[i].GetType().Name} after {string.Join(", ", before.Select(command => command.GetType().Name))}");
            if (code is not null) refused.Add(order[i]);
        }

        return refused;
    }

    private async Task<Outcome> AnswerAsync(Chain chain, Command command, ISender sender)
    {
        var entry = Ledger.Intend(chain.Account, command, time: DateTimeOffset.UtcNow.AddHours(-1));
        await Load.DeliverAsync(entry, sender, TestContext.Current.CancellationToken);
        return entry.Answer!;
    }

    /// <summary>A connection, a Process that uses it, an Atom, and the Process deployed there.</summary>
    private sealed record Chain(string Account)
    {
        private readonly Guid _connection = Guid.CreateVersion7();

        public Guid Process { get; } = Guid.CreateVersion7();

        public Guid Atom { get; } = Guid.CreateVersion7();

        public IReadOnlyList<Command> Straight => field ??=
        [
            new SaveComponent { ComponentId = _connection, ComponentType = ComponentTypes.Connection, Name = "Shop" },
            new SaveComponent { ComponentId = Process, ComponentType = ComponentTypes.Process, Name = "Orders", References = [new(_connection, ReferenceKind.Dependent)] },
            new RegisterAtom { AtomId = Atom, Name = $"Atom {Atom}" },
            new AttachAtoms { ProcessId = Process, AtomIds = [Atom] },
            new DeployProcess { ProcessId = Process },
        ];

        /// <summary>The code of the refusal, by the order of the contract; null when all is there.</summary>
        public string? Missing(Command command, Command[] before) => command switch
        {
            AttachAtoms when !before.Contains(Straight[1]) => RefusalCodes.UnknownProcess,
            AttachAtoms when !before.Contains(Straight[2]) => RefusalCodes.UnknownAtom,
            DeployProcess when !before.Contains(Straight[1]) => RefusalCodes.UnknownProcess,
            DeployProcess when !before.Contains(Straight[0]) => RefusalCodes.MissingComponent,
            _ => null,
        };
    }
}
