using Microsoft.AspNetCore.Http;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Deploy;

/// <summary>Where each view of the Deploy page is, so that whatever is looked at can be sent to somebody.</summary>
internal static class DeployAddress
{
    public const string Attachments = "attachments";
    public const string Deployments = "deployments";

    public static string Of(Guid? processId, string? tab = null, ProcessFilter? filter = null)
    {
        var path = processId is null ? "/deploy" : tab is null ? $"/deploy/{processId}" : $"/deploy/{processId}/{tab}";
        var query = new QueryString();
        if (!string.IsNullOrEmpty(filter?.Text)) query = query.Add("text", filter.Text);
        if (!string.IsNullOrEmpty(filter?.Folder)) query = query.Add("folder", filter.Folder);
        if (filter?.EnvironmentId is { } environmentId) query = query.Add("environment", $"{environmentId}");
        if (filter?.Revised == true) query = query.Add("revised", "true");
        return $"{path}{query.ToUriComponent()}";
    }
}
