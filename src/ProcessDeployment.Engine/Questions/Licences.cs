using System.Text.Json.Serialization;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The eight pools, and who holds each connection. Distinct (connection, Atom) pairs count, never Processes (R28).</summary>
internal static class Licences
{
    private static readonly MomentSql InUse = new(at => $"""
        select u.class, u.component_id, c.name, u.atom_id, u.process_ids, u.classification
        from (
            select p.connector_class as class, p.classification, p.component_id, p.atom_id, array_agg(p.process_id order by p.process_id) as process_ids
            from ({LicensedPairs.Of(at)}) p
            where not p.exempt
            group by p.connector_class, p.classification, p.component_id, p.atom_id) u
        {at.Component("c", "u.component_id")}
        order by u.class, c.name_key, u.component_id, u.atom_id
        """);

    private static readonly MomentSql Purchased = new(at => $"""
        select h.class, h.classification, h.purchased, h.set_by, h.set_at from process_deployment.licence_pool_history h where h.account_id = $1 and {at.Holds("h")}
        """);

    private static readonly MomentSql Mode = new(at => $"""
        select h.mode from process_deployment.licence_mode_history h where h.account_id = $1 and {at.Holds("h")}
        """);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapQuestion<LicencesAnswer>("/licences", "get-licences", "The licence pools, and who holds each connection", [], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var mode = WireWord.Of(LicenceEnforcement.Strict);
        var purchased = new Dictionary<(string, string), (int Count, string SetBy, DateTimeOffset SetAt)>();
        var connections = new Dictionary<(string, string), List<LicensedConnection>>();
        batch.Query(Mode, row => mode = row.GetString(0));
        batch.Query(Purchased, row => purchased[(row.GetString(0), row.GetString(1))] = (row.GetInt32(2), row.GetString(3), row.Time(4)));
        batch.Query(InUse, row =>
        {
            var pool = (row.GetString(0), row.GetString(5));
            if (!connections.TryGetValue(pool, out var used)) connections.Add(pool, used = []);
            used.Add(new(row.GetGuid(1), row.GetString(2), row.GetGuid(3), row.GetFieldValue<Guid[]>(4)));
        });
        return position =>
        {
            LicencePool[] pools =
            [
                .. from @class in Enum.GetValues<ConnectorClass>().Select(WireWord.Of)
                   from classification in Enum.GetValues<Classification>().Select(WireWord.Of)
                   select Pool(@class, classification, connections.GetValueOrDefault((@class, classification), [])),
            ];
            return Answer.Of(new LicencesAnswer(mode, pools.Any(pool => pool.OverDeployed), pools, position));
        };

        LicencePool Pool(string @class, string classification, List<LicensedConnection> used)
        {
            if (!purchased.TryGetValue((@class, classification), out var set)) return new(@class, classification, null, used.Count, null, OverDeployed: false, used);
            return new(@class, classification, set.Count, used.Count, set.Count - used.Count, used.Count > set.Count, used) { SetBy = set.SetBy, SetAt = set.SetAt };
        }
    }
}

/// <summary>The licences of an account.</summary>
/// <param name="Mode">What happens beyond the purchased ones.</param>
/// <param name="OverDeployed">Whether any pool is.</param>
/// <param name="Pools">All eight: four classes, for production and for test.</param>
/// <param name="Position">The position of the account that this shows.</param>
internal sealed record LicencesAnswer(string Mode, bool OverDeployed, IReadOnlyList<LicencePool> Pools, long Position);

/// <summary>A pool, as the contract has it. One that was never set has no purchased count and is not audited.</summary>
internal sealed record LicencePool(
    string Class,
    string Classification,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Purchased,
    int Used,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Available,
    bool OverDeployed,
    IReadOnlyList<LicensedConnection> Connections)
{
    public string? SetBy { get; init; }
    public DateTimeOffset? SetAt { get; init; }
}

/// <summary>A connection that uses a licence on an Atom, and the Processes there that need it.</summary>
internal sealed record LicensedConnection(Guid ComponentId, string Name, Guid AtomId, IReadOnlyList<Guid> ProcessIds);
