using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>What was sent and what was answered, kept outside of everything that can fail: the oracle of every fault.</summary>
internal sealed class OutsideLedger
{
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    public IEnumerable<Account> Accounts => _accounts.Values;

    public int Answered => _accounts.Values.Sum(account => account.Answered);

    /// <summary>Nobody waits for answers any more: a row has failed, and the next must not fail for it.</summary>
    public void GiveUp()
    {
        foreach (var entry in _accounts.Values.SelectMany(account => account.Entries)) entry.IsGivenUp |= entry.Answer is null;
    }

    /// <summary>Attempts that brought no answer.</summary>
    public int Misses => _accounts.Values.Sum(account => account.Entries.Where(entry => entry.Answer is null).Sum(entry => entry.Misses));

    public int AnsweredOf(string accountId) => _accounts.TryGetValue(accountId, out var account) ? account.Answered : 0;

    /// <summary>What became of each command without an answer, for whoever must find out why.</summary>
    public string Unanswered => string.Join('\n', _accounts.Values.SelectMany(account => account.Entries).Where(entry => entry.Answer is null));

    /// <summary>Written before the first byte goes out.</summary>
    public Entry Intend(string accountId, Command command, DateTimeOffset? time = null)
    {
        var id = Guid.CreateVersion7();
        // Over HTTP the credentials say who acts.
        var actor = string.Equals(accountId, Under_faults.HttpAccount, StringComparison.Ordinal) ? null : "faults@example.com";
        return _accounts.GetOrAdd(accountId, name => new(name)).Add(id, CommandWriter.ToCloudEvent(id, "//faults", command with { AccountId = accountId, Actor = actor }, time));
    }

    /// <summary>The commands of an account, and what the store has shown of their effects so far.</summary>
    internal sealed class Account(string id)
    {
        private readonly ConcurrentQueue<Entry> _entries = new();
        private int _answered;

        public string Id { get; } = id;

        public IEnumerable<Entry> Entries => _entries;

        public int Answered => Volatile.Read(ref _answered);

        /// <summary>Events that were read before: history only grows, so only what is new is read again.</summary>
        public List<HistoryRow> History { get; } = [];

        public Entry Add(Guid id, byte[] message)
        {
            var entry = new Entry(id, Id, message, () => Interlocked.Increment(ref _answered));
            _entries.Enqueue(entry);
            return entry;
        }
    }

    internal sealed class Entry(Guid id, string accountId, byte[] message, Action answered)
    {
        public Guid Id { get; } = id;

        public string AccountId { get; } = accountId;

        public byte[] Message { get; } = message;

        public Outcome? Answer { get; private set; }

        /// <summary>What became of it is not known, and nobody asks.</summary>
        public bool IsGivenUp { get; set; }

        public int Misses => _story.Count - 1;

        private readonly ConcurrentQueue<string> _story = new([$"{DateTime.UtcNow:HH:mm:ss.fff} begun"]);

        /// <summary>A second answer must say what the first one said.</summary>
        public void Answered(Outcome outcome)
        {
            if (Answer is { } first)
            {
                (outcome.Status, outcome.Position, outcome.Refusal?.Code).ShouldBe((first.Status, first.Position, first.Refusal?.Code), $"{Id} was answered twice, differently");
                return;
            }

            Answer = outcome;
            answered();
        }

        /// <summary>The same command as another sender would bring it: only its id, type and data are what they were. Over the bus the actor must be named.</summary>
        public Entry InNewEnvelope(Random random, string actor)
        {
            var envelope = JsonNode.Parse(Message)!;
            envelope["source"] = $"//faults/{random.Next()}";
            envelope["time"] = DateTimeOffset.UtcNow.AddSeconds(-random.Next(10_000)).ToString("O", CultureInfo.InvariantCulture);
            envelope["correlationid"] = Guid.CreateVersion7(DateTimeOffset.UtcNow).ToString();
            envelope["data"]!["actor"] ??= actor;
            return new(Id, AccountId, JsonSerializer.SerializeToUtf8Bytes(envelope), static () => { });
        }

        public void Missed(Exception why) => _story.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {why.GetType().Name}: {why.Message}");

        public override string ToString() => $"{AccountId} {Id}: {string.Join("; ", _story)}";
    }
}
