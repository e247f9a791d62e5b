using System.CommandLine;

namespace ProcessDeployment.Engine.CommandLine;

/// <summary>Options that every verb takes.</summary>
internal static class GlobalOptions
{
    public const string DefaultUrl = "http://localhost:5080";
    public const string UrlVariable = "PROCESSDEPLOYMENT_URL";
    public const string TokenVariable = "PROCESSDEPLOYMENT_TOKEN";

    /// <summary>For the home that an account is moved to, where that takes another one.</summary>
    public const string TargetTokenVariable = "PROCESSDEPLOYMENT_TARGET_TOKEN";

    public static readonly Option<Uri?> Url = new("--url")
    {
        Description = $"The engine to talk to [default: {UrlVariable} or {DefaultUrl}; with no engine there, one is started for this call]",
        HelpName = "url",
        Recursive = true,
        CustomParser = result =>
        {
            if (IsUrl(result.Tokens[0].Value, out var url)) return url;
            result.AddError($"--url must be an address like {DefaultUrl}, it is {result.Tokens[0].Value}");
            return null;
        },
    };

    public static readonly Option<string?> Account = new("--account") { Description = "The account commands are for; an engine that runs takes those for the one it serves and shows no other [default: that one]", HelpName = "name", Recursive = true };

    public static readonly Option<bool> Json = new("--json") { Description = "Print answers as they come from the engine", Recursive = true };

    public static bool IsUrl(string text, out Uri? url) => Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https";
}
