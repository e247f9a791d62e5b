using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>The engine notes a question that it did not answer. It is no message: nobody can send it.</summary>
public sealed record RecordDenial : Command
{
    public required AccessDenied Happened { get; init; }
}
