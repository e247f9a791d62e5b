namespace ProcessDeployment.Domain.Tests.Properties;

/// <summary>Walks over references that owe nothing to the domain's own.</summary>
internal static class Cycle
{
    /// <summary>A component that reaches itself, if there is one.</summary>
    public static Guid? In(AccountPicture picture) => picture.Components.Keys
        .Where(id => Next(picture, id).Any(next => Reached(picture, next).Contains(id)))
        .Select(id => (Guid?)id)
        .FirstOrDefault();

    public static HashSet<Guid> Reached(AccountPicture picture, Guid from)
    {
        var reached = new HashSet<Guid>();
        void Visit(Guid id)
        {
            if (!reached.Add(id)) return;
            foreach (var next in Next(picture, id)) Visit(next);
        }

        Visit(from);
        return reached;
    }

    /// <summary>What a live component depends on.</summary>
    public static IEnumerable<Guid> Next(AccountPicture picture, Guid id) =>
        picture.Components.TryGetValue(id, out var component) && !component.Deleted
            ? component.References.Where(reference => reference.Kind == ReferenceKind.Dependent).Select(reference => reference.ComponentId)
            : [];
}
