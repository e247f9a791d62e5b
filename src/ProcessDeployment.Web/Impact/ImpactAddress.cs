using Microsoft.AspNetCore.Http;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Impact;

/// <summary>Where each view of the Impact page is, so that whatever is looked at can be sent to somebody.</summary>
internal static class ImpactAddress
{
    public const string Used = "used";
    public const string Revisions = "revisions";
    public const string Deploy = "deploy";

    public static string Of(Guid? componentId, string? tab = null, ComponentFilter? filter = null)
    {
        var path = componentId is null ? "/components" : tab is null ? $"/components/{componentId}" : $"/components/{componentId}/{tab}";
        var query = new QueryString();
        if (!string.IsNullOrEmpty(filter?.Text)) query = query.Add("text", filter.Text);
        if (!string.IsNullOrEmpty(filter?.Type)) query = query.Add("type", filter.Type);
        if (!string.IsNullOrEmpty(filter?.Folder)) query = query.Add("folder", filter.Folder);
        return $"{path}{query.ToUriComponent()}";
    }

    /// <summary>The picture of what a Process bundles.</summary>
    /// <param name="processId">The Process.</param>
    /// <param name="asList">The same as a list.</param>
    /// <param name="whole">Every part by itself, however many there are.</param>
    public static string Picture(Guid processId, bool asList = false, bool whole = false) =>
        $"/components/{processId}/picture{(asList ? "?view=list" : whole ? "?whole=true" : "")}";
}
