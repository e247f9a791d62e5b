namespace ProcessDeployment.Web.Operations;

/// <summary>Where each view of the Operations page is.</summary>
internal static class OperationsAddress
{
    public const string Rebuilds = "rebuilds";
    public const string DeadLetters = "dead-letters";
    public const string Halted = "halted";
    public const string Webhooks = "webhooks";

    /// <summary>In the order of the tabs; null is the first view.</summary>
    public static IReadOnlyList<(string? Tab, string Name)> Tabs { get; } =
        [(null, "State"), (Rebuilds, "Rebuilds"), (DeadLetters, "Dead letters"), (Halted, "Halted accounts"), (Webhooks, "Webhooks")];

    public static string Of(string? tab) => tab is null ? "/operations" : $"/operations/{tab}";
}
