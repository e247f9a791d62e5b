using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>What events leave of who may do what, row by row: of each thing the event that says how it is now.</summary>
internal sealed class AccessRows
{
    private const string Pass = "pass";

    private readonly Dictionary<(string Kind, string Key), AccessEvent?> _rows = [];

    /// <summary>What was touched; without a state where it is gone.</summary>
    public IEnumerable<(string Kind, string Key, string? State)> All => _rows.Select(row => (row.Key.Kind, row.Key.Key, row.Value is null ? null : JsonSerializer.Serialize(row.Value, row.Value.GetType(), WireJson.Options)));

    /// <summary>Freezes that nobody passes any more but for those among the rows.</summary>
    public HashSet<Guid> Closed { get; } = [];

    public void Apply(AccessEvent happened)
    {
        switch (happened)
        {
            case RoleSet e: _rows[("role", e.Role)] = e; break;
            case RoleDeleted e: _rows[("role", e.Role)] = null; break;
            case MemberSet e: _rows[("member", e.Member)] = e; break;
            case MemberRemoved e: _rows[("member", e.Member)] = null; break;
            case ApiKeyIssued e: _rows[("key", e.KeyId.ToString())] = e; break;
            case ApiKeyRevoked e: _rows[("key", e.KeyId.ToString())] = null; break;
            case ProducerRegistered e: _rows[("producer", e.ProducerId.ToString())] = e; break;
            case ProducerRemoved e: _rows[("producer", e.ProducerId.ToString())] = null; break;
            case ChangeRulesSet e: _rows[("rules", "")] = e; break;
            case FreezeSet e: Freeze(e.FreezeId, e); break;
            case FreezeLifted e: Freeze(e.FreezeId, null); break;
            case FreezeOverridden e:
                foreach (var processId in e.ProcessIds) _rows[(Pass, $"{e.FreezeId}/{processId}")] = e with { ProcessIds = [processId] };
                break;
        }
    }

    /// <summary>The event that a row holds.</summary>
    public static AccessEvent Read(string kind, string state) => kind switch
    {
        "role" => Read<RoleSet>(state),
        "member" => Read<MemberSet>(state),
        "key" => Read<ApiKeyIssued>(state),
        "producer" => Read<ProducerRegistered>(state),
        "rules" => Read<ChangeRulesSet>(state),
        "freeze" => Read<FreezeSet>(state),
        Pass => Read<FreezeOverridden>(state),
        _ => throw new NotSupportedException($"Nobody knows what access of kind {kind} is."),
    };

    private static T Read<T>(string state) => JsonSerializer.Deserialize<T>(state, WireJson.Options)!;

    private void Freeze(Guid freezeId, FreezeSet? now)
    {
        _rows[("freeze", freezeId.ToString())] = now;
        Closed.Add(freezeId);
        foreach (var passing in _rows.Keys.Where(row => row.Kind == Pass && row.Key.StartsWith(freezeId.ToString(), StringComparison.Ordinal)).ToList()) _rows.Remove(passing);
    }
}
