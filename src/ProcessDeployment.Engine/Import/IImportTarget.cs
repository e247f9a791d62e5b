using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Import;

/// <summary>The account that an import goes to, wherever it is.</summary>
public interface IImportTarget
{
    /// <summary>What the account knows of these components; unknown ids are left out.</summary>
    /// <param name="ids">Any number of ids.</param>
    /// <param name="atLeast">The position the answer must contain.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyDictionary<Guid, KnownComponent>> FindAsync(IReadOnlyCollection<Guid> ids, long? atLeast, CancellationToken ct);

    /// <summary>Sends one batch and gives its outcomes in order.</summary>
    Task<IReadOnlyList<Outcome>> SendAsync(IReadOnlyList<ImportCommand> commands, CancellationToken ct);
}

/// <summary>A component as the account has it now.</summary>
public sealed record KnownComponent
{
    public required Guid ComponentId { get; init; }
    public required string ComponentType { get; init; }
    public required string Name { get; init; }
    public string? Folder { get; init; }
    public required int LatestRevision { get; init; }
    public required string ContentHash { get; init; }
    public bool Deleted { get; init; }
}

/// <summary>A command and its id.</summary>
public sealed record ImportCommand(Guid CommandId, Command Command);
