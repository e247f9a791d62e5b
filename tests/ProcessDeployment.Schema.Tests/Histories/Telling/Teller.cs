using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;

namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>Sends commands to the domain, and keeps what happened in the form in which it is stored.</summary>
internal sealed class Teller
{
    public const string Kim = "kim@example.com";
    public const string Ana = "ana@example.com";
    public const string Ci = "key:ci";

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly List<StoredLine> _lines = [];
    private int _commands;

    public IReadOnlyList<StoredLine> Lines => _lines;

    /// <summary>Of which everything is known, also that something is not there.</summary>
    public Account Account { get; private set; } = WholeAccount.Nothing;

    /// <summary>The time at which the next command is judged.</summary>
    public DateTimeOffset Now => Start.AddMinutes(_commands + 1);

    /// <summary>Sends a command; its id, which becomes that of a run, comes back. One that leaves no event is a mistake in the telling.</summary>
    public Guid Send(Command command, string actor = Kim, Authority? by = null)
    {
        var (now, commandId) = (Now, Id("c0", ++_commands));
        var sent = command with { AccountId = "acme", Actor = actor };
        LookUp(sent);
        var decision = Decider.Decide(sent, Account, occasion: new(commandId, now, by));
        decision.Events.ShouldNotBeEmpty($"{command.GetType().Name}, command {_commands}: {decision.Refusal?.Message ?? "nothing changed"}");
        foreach (var happened in decision.Events) Happened(happened, sent, commandId, now);
        return commandId;
    }

    /// <summary>Something is stored that no version of the engine ever wrote, by a hand in the database.</summary>
    public void Damage(Func<JsonObject, JsonObject> damage) => _lines[^1] = _lines[^1] with { Data = damage((JsonObject)_lines[^1].Data.DeepClone()) };

    public long Position => _lines.Count;

    public string StreamOfTheLast => _lines[^1].Stream;

    public string TypeOfTheLast => _lines[^1].Type;

    /// <summary>An id by kind and number: <c>c1</c> is not <c>a1</c> to whoever reads it.</summary>
    public static Guid Id(string kind, int number) => Guid.Parse($"019b8a00-00{kind}-7000-8000-{number:x12}");

    private void Happened(DomainEvent happened, Command command, Guid commandId, DateTimeOffset now)
    {
        var position = _lines.Count + 1;
        _lines.Add(new()
        {
            Position = position,
            Stream = happened.StreamName(),
            Number = _lines.Count(line => line.Stream == happened.StreamName()) + 1,
            EventId = Id("e0", position),
            Type = WireNameAttribute.Of(happened.GetType()),
            Time = now.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            Actor = command.Actor!,
            CorrelationId = commandId.ToString(),
            CausationId = commandId.ToString(),
            Headers = Headers(position, commandId, command.Reason),
            Data = (JsonObject)JsonSerializer.SerializeToNode(happened, happened.GetType(), WireJson.Options)!,
        });
        Account = WholeAccount.After(Account, happened, command.Actor!);
    }

    private static JsonObject Headers(int position, Guid commandId, string? reason)
    {
        var headers = new JsonObject { ["position"] = position, ["commandId"] = commandId, ["channel"] = "http", ["source"] = "//golden/history" };
        if (reason is not null) headers["reason"] = reason;
        return headers;
    }

    /// <summary>What the account does not know is not there: it knows everything that happened.</summary>
    private void LookUp(Command command)
    {
        while (true)
        {
            var needs = new Needs(Account);
            Decider.Needs(command, Account, needs);
            if (needs.IsEmpty) return;
            Account = new Found
            {
                Components = Nothing<Guid, Component>(needs.Components.Union(needs.Closures)),
                Atoms = Nothing<Guid, Domain.Atoms.Atom>(needs.Atoms),
                Attachments = Nothing<AttachmentKey, Attachment>(needs.Attachments),
                Executions = Nothing<Guid, Domain.Executions.Execution>(needs.Executions),
                Webhooks = Nothing<Guid, Domain.Webhooks.Webhook>(needs.Webhooks),
                Manifests = Nothing<VersionKey, DeployedManifest>(needs.Manifests),
                Parents = needs.Parents.ToDictionary(key => key, _ => ImmutableArray<Guid>.Empty),
                UnderWay = needs.UnderWay.ToDictionary(key => key, _ => ImmutableArray<Guid>.Empty),
                AttachedTo = Without(needs.AttachedTo),
                AtomsIn = Without(needs.AtomsOf),
                ProcessesIn = Without(needs.ProcessesOf),
                Referrers = Without(needs.Referrers),
                Versions = needs.Versions.ToDictionary(id => id, _ => ImmutableArray<DeployedVersion>.Empty),
                Revisers = needs.RevisersOf.ToDictionary(after => after, _ => ImmutableHashSet<string>.Empty),
                Streams = needs.Streams,
                Licences = Account.Licences! with
                {
                    Holdings = needs.Pairs.Aggregate(Account.Licences.Holdings, (all, pair) => all.SetItem(pair, [])),
                    ListedPools = Account.Licences.ListedPools.Union(needs.Holders),
                },
            }.AddTo(Account);
        }
    }

    private static Dictionary<TKey, T?> Nothing<TKey, T>(IEnumerable<TKey> keys)
        where TKey : notnull
        where T : class => keys.ToDictionary(key => key, _ => (T?)null);

    private static Dictionary<Guid, IEnumerable<Guid>> Without(IEnumerable<Guid> ids) => ids.ToDictionary(id => id, _ => Enumerable.Empty<Guid>());
}
