using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>An Atom as it is now.</summary>
public sealed record Atom
{
    public required Guid AtomId { get; init; }
    public required string Name { get; init; }
    public string? HostName { get; init; }
    public required AtomType AtomType { get; init; }
    public required string TimeZone { get; init; }
    public AtomStatus Status { get; init; }
    public bool Deleted { get; init; }

    /// <summary>Never refuses history: an event that does not concern it leaves it as it is.</summary>
    public static Atom? Evolve(Atom? atom, DomainEvent @event) => @event switch
    {
        AtomRegistered registered => new Atom
        {
            AtomId = registered.AtomId,
            Name = registered.Name,
            HostName = registered.HostName,
            AtomType = registered.AtomType,
            TimeZone = registered.TimeZone,
        },
        AtomRenamed renamed => atom is null ? null : atom with { Name = renamed.Name },
        AtomStatusChanged changed => atom is null ? null : atom with { Status = changed.Status },
        AtomDeleted => atom is null ? null : atom with { Deleted = true },
        _ => atom,
    };
}
