using System.Text;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Identity.Keys;

namespace ProcessDeployment.Engine.Homes.Routing;

/// <summary>
/// The account that keys and tokens of Atoms name themselves. It proves nothing and is no more than an address: only the home
/// of the account knows whether they are good.
/// </summary>
internal static class AccountOfCredentials
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>Null for credentials that this engine can look at itself, and for none.</summary>
    public static string? Of(HttpRequest request) => request.Headers.Authorization switch
    {
        [{ } given] when given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => Of(given[Bearer.Length..].Trim()),
        [{ } given] when given.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) => Of(PasswordOf(given[Basic.Length..].Trim())),
        _ => null,
    };

    private static string? Of(string text) => ApiKeyText.TryParse(text, out var key) ? key.AccountId : AtomToken.TryParse(text, out var token) ? token.AccountId : null;

    private static string PasswordOf(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return "";
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
