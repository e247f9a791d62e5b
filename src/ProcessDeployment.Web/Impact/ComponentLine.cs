using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Impact;

/// <summary>What a row of the list shows, and no more: an open page holds some hundred of them.</summary>
/// <param name="ComponentId">The component.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="LatestRevision">Its latest revision.</param>
public sealed record ComponentLine(Guid ComponentId, string Name, string Type, string? Folder, int LatestRevision)
{
    public static ComponentLine Of(ComponentItem item) => new(item.ComponentId, item.Name, item.ComponentType, item.Folder, item.LatestRevision);
}
