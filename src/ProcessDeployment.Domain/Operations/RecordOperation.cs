using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Operations;

/// <summary>The engine notes what was done. It is no message: nobody can send it.</summary>
public sealed record RecordOperation : Command
{
    public required OperationEvent Happened { get; init; }
}

/// <summary>There is no rule that something must not have happened.</summary>
public static class RecordOperationDecider
{
    public static void Needs(Needs needs) => needs.LengthOf(StreamNames.Operations);

    public static Decision Decide(RecordOperation command) => command.Happened;
}
