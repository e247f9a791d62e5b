using ProcessDeployment.Client;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Impact.Picture;

/// <summary>A component in the picture.</summary>
/// <param name="ComponentId">The component.</param>
/// <param name="Name">Its name; null where it was never saved.</param>
/// <param name="Type">Its type; null where it was never saved.</param>
/// <param name="Revision">Its latest revision.</param>
/// <param name="IsDeleted">It is deleted.</param>
/// <param name="IsBundled">It goes into the next version; otherwise it is only called by a route.</param>
/// <param name="Mark">How it differs from the current version; null where it does not.</param>
public sealed record Part(Guid ComponentId, string? Name, string? Type, int? Revision, bool IsDeleted, bool IsBundled, string? Mark)
{
    /// <summary>What it refers to.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    public bool IsProcess => Type == ComponentTypes.Process;

    public bool IsConnection => Type == ComponentTypes.Connection;

    /// <summary>It was never saved, or is deleted: it stands in the way of a deploy.</summary>
    public bool IsMissing => Name is null || IsDeleted;

    public string Label => Name ?? "never saved";

    /// <summary>All that is said of it, for those who cannot see it.</summary>
    public string Words => string.Join(", ", new[] { Label, Type, Revision is { } revision ? FormattableString.Invariant($"revision {revision}") : null, Mark, IsDeleted ? "deleted" : null, IsBundled ? null : "called by a route, not bundled" }.OfType<string>());
}

/// <summary>A reference from one part to another.</summary>
public sealed record Link(Guid To, bool IsRoute)
{
    public static Link Of(Reference reference) => new(reference.ComponentId, reference.Kind == ReferenceKind.Independent);
}
