using System.Text.Json;

namespace ProcessDeployment.Domain.Tests.Dsl;

/// <summary>Records that hold lists compare by reference; as text they compare by content.</summary>
internal static class Json
{
    public static string Of(IEnumerable<DomainEvent> events) =>
        string.Join('\n', events.Select(@event => $"{@event.GetType().Name} {JsonSerializer.Serialize(@event, @event.GetType())}"));

    public static string Of(Decision decision) =>
        $"{decision.Status} {JsonSerializer.Serialize(decision.Refusal)} {JsonSerializer.Serialize(decision.Warnings)}\n{Of(decision.Events)}";
}
