namespace ProcessDeployment.Web.Access;

/// <summary>Where each view of the Access page is.</summary>
internal static class AccessAddress
{
    public const string Roles = "roles";
    public const string Keys = "keys";
    public const string Rules = "rules";
    public const string Freezes = "freezes";
    public const string Producers = "producers";

    /// <summary>In the order of the tabs; null is the first view.</summary>
    public static IReadOnlyList<(string? Tab, string Name)> Tabs { get; } =
        [(null, "Members"), (Roles, "Roles"), (Keys, "API keys"), (Rules, "Rules of changes"), (Freezes, "Freezes"), (Producers, "Producers")];

    public static string Of(string? tab) => tab is null ? "/access" : $"/access/{tab}";
}
