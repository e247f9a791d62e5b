using ProcessDeployment.Domain;

namespace ProcessDeployment.Testing;

/// <summary>An event of one account as it was kept.</summary>
public sealed record RecordedEvent(long Position, DateTimeOffset Time, string Actor, DomainEvent Event);
