using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Schema.Tests.Histories;

/// <summary>An event as it is stored, on a line: the members, and their order, are those of <c>events.jsonl</c> in an export.</summary>
internal sealed record StoredLine
{
    public required long Position { get; init; }
    public required string Stream { get; init; }
    public required long Number { get; init; }
    public required Guid EventId { get; init; }
    public required string Type { get; init; }
    public required string Time { get; init; }
    public required string Actor { get; init; }
    public required string CorrelationId { get; init; }
    public required string CausationId { get; init; }
    public required JsonObject Headers { get; init; }
    public required JsonObject Data { get; init; }

    public string Text() => JsonSerializer.Serialize(this, WireJson.Options);

    public static StoredLine Of(string text) => JsonSerializer.Deserialize<StoredLine>(text, WireJson.Options).ShouldNotBeNull();

    public override string ToString() => $"{Position} {Type}";
}
