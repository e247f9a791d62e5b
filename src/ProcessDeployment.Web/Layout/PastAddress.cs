using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ProcessDeployment.Web.Layout;

/// <summary>The moment of the past that a page shows stands in its address, so that what was seen can be sent to somebody.</summary>
internal static class PastAddress
{
    private const string Parameter = "asOf";
    private const string Now = "now";

    /// <summary>The moment in an address, a position or a time; null for now.</summary>
    public static string? MomentOf(string address) => Asked(address) is { Length: > 0 } moment and not Now ? moment : null;

    /// <summary>The same view at another moment, or now.</summary>
    public static string At(string address, string? moment) => $"{new Uri(address).AbsolutePath}{Others(address).Add(Parameter, moment ?? Now).ToUriComponent()}";

    /// <summary>Where a link leads while a moment is looked at; null when it says so itself, or there is none.</summary>
    public static string? Kept(string target, string? moment) => moment is null || !Uri.IsWellFormedUriString(target, UriKind.Absolute) || Asked(target) is not null ? null : At(target, moment);

    /// <summary>Goes to an address of ours at the moment that is looked at.</summary>
    public static void GoTo(this NavigationManager navigation, string address, bool replace = false)
    {
        var target = navigation.ToAbsoluteUri(address).ToString();
        navigation.NavigateTo(Kept(target, MomentOf(navigation.Uri)) ?? target, replace: replace);
    }

    private static string? Asked(string address) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(Parameter, out var values) ? values.ToString() : null;

    private static QueryString Others(string address) =>
        QueryString.Create(QueryHelpers.ParseQuery(new Uri(address).Query).Where(query => query.Key != Parameter));
}
