namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>The browser of the machine. Playwright drives it; it fetches none of its own.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>What lacks, in a line; null when all is there.</summary>
    public static string? Missing { get; } = Path is null ? $"The tests of the pages need a browser: {string.Join(", ", Names[..^1])} or {Names[^1]} on the PATH (Debian: apt-get install chromium)." : null;

    private static string? Path => (
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        from name in Names
        let file = System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)
        where File.Exists(file)
        select file).FirstOrDefault();

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Path,
        // As root, and in many a container, it has no sandbox and says so by not starting. It opens our own pages only.
        Args = OperatingSystem.IsLinux() && (Environment.IsPrivilegedProcess || Environment.GetEnvironmentVariable("CI") == "true") ? ["--no-sandbox"] : [],
    });
}
