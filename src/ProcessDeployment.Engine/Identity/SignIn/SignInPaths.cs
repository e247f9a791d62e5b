namespace ProcessDeployment.Engine.Identity.SignIn;

/// <summary>Where people sign in and out.</summary>
internal static class SignInPaths
{
    public const string SignIn = "/sign-in";
    public const string SignedIn = "/signed-in";
    public const string SignOut = "/sign-out";
    public const string Account = "/sign-in/account";
    public const string Session = "/session";

    /// <summary>Where the issuer sends people back to.</summary>
    public const string Callback = "/sign-in/callback";

    /// <summary>Where somebody was; only here, never at another engine's or anybody's.</summary>
    public static string Local(string? asked) =>
        asked is ['/', ..] and not ['/', '/' or '\\', ..] && !asked.Any(char.IsControl) && !asked.Contains('\\', StringComparison.Ordinal) ? asked : "/";

    public static string To(HttpRequest request) => $"{SignIn}?return={Uri.EscapeDataString($"{request.PathBase}{request.Path}{request.QueryString}")}";
}
