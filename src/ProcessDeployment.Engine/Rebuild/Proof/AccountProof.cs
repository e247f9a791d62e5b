using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>What was found when tables of an account were held against its events.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Position">How far its read models were: each of them holds exactly the events until there.</param>
/// <param name="Tables">What was found in each table.</param>
public sealed record AccountProof(string AccountId, long Position, IReadOnlyList<TableFinding> Tables)
{
    public long Rows => Tables.Sum(table => table.Rows);

    public long Differences => Tables.Sum(table => table.Differences);
}

/// <summary>What was found in a table.</summary>
/// <param name="Table">Without its schema.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Differences">How many rows are not as they ought to be.</param>
/// <param name="Shown">The first of them.</param>
public sealed record TableFinding(string Table, long Rows, long Differences, IReadOnlyList<RowDifference> Shown);

/// <summary>A row on which a table and the events disagree.</summary>
/// <param name="Key">Its key as JSON.</param>
/// <param name="Kind"><c>missing</c>, <c>unexpected</c> or <c>differs</c>.</param>
/// <param name="Members">What is different in it: each column with what the table holds and what it ought to hold.</param>
public sealed record RowDifference(JsonElement Key, string Kind, IReadOnlyList<MemberDifference> Members)
{
    internal static RowDifference Of(string key, string? ought, string? held)
    {
        var names = JsonDocument.Parse(key).RootElement;
        if (held is null) return new(names, "missing", []);
        if (ought is null) return new(names, "unexpected", []);
        var (is_, should) = (JsonNode.Parse(held)!.AsObject(), JsonNode.Parse(ought)!.AsObject());
        return new(names, "differs", [.. from member in should
                                         where !JsonNode.DeepEquals(member.Value, is_[member.Key])
                                         select new MemberDifference(member.Key, Text(is_[member.Key]), Text(member.Value))]);
    }

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}

/// <summary>A column of such a row.</summary>
public sealed record MemberDifference(string Column, string Held, string Ought);
