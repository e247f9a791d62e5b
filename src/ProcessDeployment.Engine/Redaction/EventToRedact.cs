using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Rebuild;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>An event as it is stored, and what of it may be taken out.</summary>
internal sealed class EventToRedact
{
    /// <summary>Of the events <c>e</c>.</summary>
    public const string Columns = $"{LeafSql.Position}, e.type, e.user_name, e.headers ->> 'reason', e.headers ->> 'commandId', e.data::text, encode({LeafSql.Hash}, 'hex'), e.stream_id";

    private readonly JsonNode _data;

    private EventToRedact(NpgsqlDataReader row)
    {
        (Position, Type, Actor, Reason) = (row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3));
        CommandId = row.IsDBNull(4) ? null : Guid.Parse(row.GetString(4));
        _data = JsonNode.Parse(row.GetString(5))!;
        LeafHash = row.GetString(6);
        Stream = row.GetString(7);
        Members = [];
    }

    public long Position { get; }

    public Guid? CommandId { get; }

    /// <summary>The leaf it would be as it is.</summary>
    public string LeafHash { get; }

    /// <summary>What it happened to.</summary>
    public string Stream { get; }

    /// <summary>What is taken out of it, once that is known to be allowed.</summary>
    public IReadOnlyList<string> Members { get; private set; }

    /// <summary>What stands there now.</summary>
    public IReadOnlyList<string> Texts => [.. Members.Select(member => TextOf(member)!)];

    /// <summary>The rebuild or export it notes, where it does.</summary>
    public Guid? JobId => (_data as JsonObject)?["jobId"] is JsonValue id && Guid.TryParse(id.ToString(), out var found) ? found : null;

    private string Type { get; }

    private string Actor { get; }

    private string? Reason { get; }

    public static EventToRedact Read(NpgsqlDataReader row) => new(row);

    /// <summary>Where a member is in the data; null for what stands beside it.</summary>
    public static string[]? PathOf(string member) => member is PersonalData.Actor or PersonalData.Reason ? null : member.Split('.');

    /// <param name="members">What is asked for.</param>
    /// <param name="why">Why, in words that stay.</param>
    /// <param name="decoder">Knows the types.</param>
    /// <exception cref="RedactionException">One of them may not be taken out, is not there, was taken out before, or would come back with the reason.</exception>
    public void Demand(IReadOnlyList<string> members, string why, EventDecoder decoder)
    {
        var type = decoder.TypeOf(Type);
        if (type is not null && !PersonalData.MayBeRedacted(type)) throw new RedactionException("position", string.Create(CultureInfo.InvariantCulture, $"must not be {Position}: that event says what was redacted, and stays as it was sealed"));
        foreach (var member in members)
        {
            if (PathOf(member) is { } path && (type is null || !PersonalData.IsText(type, path)))
                throw new RedactionException(member, $"may not be redacted: of {Type} these may: {string.Join(", ", Allowed(type))}");
            if (TextOf(member) is not { } text) throw new RedactionException(member, string.Create(CultureInfo.InvariantCulture, $"is not in the event at position {Position}"));
            if (string.IsNullOrWhiteSpace(text)) throw new RedactionException(member, string.Create(CultureInfo.InvariantCulture, $"of the event at position {Position} is empty: there is nothing to take out"));
            if (text == PersonalData.Marker) throw new RedactionException(member, string.Create(CultureInfo.InvariantCulture, $"of the event at position {Position} was redacted before"));
            if (why.Contains(text, StringComparison.OrdinalIgnoreCase)) throw new RedactionException("reason", string.Create(CultureInfo.InvariantCulture, $"must not contain {member} of the event at position {Position}, which it is to take out: the reason stays in the history for ever"));
        }

        Members = members;
    }

    private static IEnumerable<string> Allowed(Type? type) =>
        [PersonalData.Actor, PersonalData.Reason, .. type is null ? [] : PersonalData.Texts.GetValueOrDefault(type, []).Select(text => text.Replace('*', 'n'))];

    private string? TextOf(string member)
    {
        if (member == PersonalData.Actor) return Actor;
        if (member == PersonalData.Reason) return Reason;
        var here = _data;
        foreach (var part in PathOf(member)!)
        {
            here = here switch
            {
                JsonObject item => item[part],
                JsonArray list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return here is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }
}
