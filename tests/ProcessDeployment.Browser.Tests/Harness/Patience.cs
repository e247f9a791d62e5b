namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>How long a page may take for what must come, on a machine that is busy.</summary>
internal static class Patience
{
    public const int Milliseconds = 20_000;

    public static TimeSpan Time => TimeSpan.FromMilliseconds(Milliseconds);
}
