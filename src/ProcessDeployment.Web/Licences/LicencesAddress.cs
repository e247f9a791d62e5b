using Microsoft.AspNetCore.Http;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Licences;

/// <summary>Where each view of the Licences page is, so that whatever is looked at can be sent to somebody.</summary>
internal static class LicencesAddress
{
    public const string Pools = "";
    public const string Holders = "holders";
    public const string Free = "free";

    public static string Of(string tab, HolderFilter? filter = null)
    {
        var query = new QueryString();
        if (filter?.Class is { } @class) query = query.Add("class", $"{@class}");
        if (filter?.Classification is { } classification) query = query.Add("for", $"{classification}");
        if (filter?.AtomId is { } atomId) query = query.Add("atom", $"{atomId}");
        if (!string.IsNullOrEmpty(filter?.Text)) query = query.Add("text", filter.Text);
        return $"/licences{(tab.Length == 0 ? "" : $"/{tab}")}{query.ToUriComponent()}";
    }

    public static T? Read<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}

/// <summary>Which connections to show.</summary>
/// <param name="Class">Only of this class.</param>
/// <param name="Classification">Only of these pools.</param>
/// <param name="AtomId">Only on this Atom.</param>
/// <param name="Text">A part of the name of the connection, without case.</param>
public sealed record HolderFilter(ConnectorClass? Class = null, Classification? Classification = null, Guid? AtomId = null, string? Text = null)
{
    public bool IsNone => this == new HolderFilter();
}
