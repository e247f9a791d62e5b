namespace ProcessDeployment.Embedded.Tests;

/// <summary>What a test needs and this machine lacks: one line here, a failure in CI.</summary>
internal static class Missing
{
    public static void NeedsRootOnLinux()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Say("This test needs root on Linux.");
    }

    public static void NeedsNpm()
    {
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, npm))))
            Say("This test needs npm.");
    }

    public static void NeedsInstalledPrograms()
    {
        if (!Directory.Exists("/usr/lib/postgresql"))
            Say("This test needs an installed PostgreSQL, as Debian packages it.");
    }

    public static void Say(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(what);
        Assert.Skip(what);
    }
}
