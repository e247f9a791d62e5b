using System.Collections.Concurrent;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>What was sent and what was answered, kept outside of everything that can fail: the oracle of every fault.</summary>
internal sealed class OutsideLedger
{
    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();

    public IEnumerable<Entry> Of(string accountId) => _entries.Values.Where(entry => string.Equals(entry.AccountId, accountId, StringComparison.Ordinal));

    public IEnumerable<string> Accounts => _entries.Values.Select(entry => entry.AccountId).Distinct(StringComparer.Ordinal);

    public int Answered => _entries.Values.Count(entry => entry.Answer is not null);

    public int AnsweredOf(string accountId) => Of(accountId).Count(entry => entry.Answer is not null);

    /// <summary>What became of each command without an answer, for whoever must find out why.</summary>
    public string Unanswered => string.Join('\n', _entries.Values.Where(entry => entry.Answer is null));

    /// <summary>Written before the first byte goes out.</summary>
    public Entry Intend(string accountId, Command command)
    {
        var id = Guid.CreateVersion7();
        // Over HTTP the credentials say who acts.
        var actor = string.Equals(accountId, Under_faults.HttpAccount, StringComparison.Ordinal) ? null : "faults@example.com";
        var whole = command with { AccountId = accountId, Actor = actor };
        return _entries.GetOrAdd(id, _ => new(id, accountId, CommandWriter.ToCloudEvent(id, "//faults", whole, time: null)));
    }

    internal sealed class Entry(Guid id, string accountId, byte[] message)
    {
        public Guid Id { get; } = id;

        public string AccountId { get; } = accountId;

        public byte[] Message { get; } = message;

        public Outcome? Answer { get; private set; }

        private readonly ConcurrentQueue<string> _story = new([$"{DateTime.UtcNow:HH:mm:ss.fff} begun"]);

        /// <summary>A second answer must say what the first one said.</summary>
        public void Answered(Outcome outcome)
        {
            if (Answer is not null) (outcome.Status, outcome.Position).ShouldBe((Answer.Status, Answer.Position), $"{Id} was answered twice, differently");
            Answer ??= outcome;
            _story.Clear();
        }

        public void Missed(Exception why) => _story.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {why.GetType().Name}: {why.Message}");

        public override string ToString() => $"{AccountId} {Id}: {string.Join("; ", _story)}";
    }
}
