using ProcessDeployment.Domain;

namespace ProcessDeployment.Engine.Halting;

/// <summary>Stands where an event was marked as skipped: it has a place in the history and changes nothing. Nobody stores it.</summary>
/// <param name="Stream">The stream of the event.</param>
/// <param name="By">Who marked it.</param>
/// <param name="Why">The reason given.</param>
internal sealed record PassedOver(string Stream, string By, string Why) : DomainEvent
{
    public override string StreamName() => Stream;
}
