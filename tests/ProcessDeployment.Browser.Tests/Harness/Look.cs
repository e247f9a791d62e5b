namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>On what somebody looks at the pages.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Theme">The colours that they chose before; null for those who never did.</param>
internal sealed record Look(int Width = 1280, int Height = 900, string? Theme = null)
{
    public static Look Desk { get; } = new();

    public static Look Phone { get; } = new(390, 844);
}
