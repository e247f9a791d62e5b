using System.Globalization;

namespace ProcessDeployment.Embedded;

/// <summary>Where PostgreSQL's programs usually are: PATH, then the folders of packages, newest first.</summary>
internal static class InstalledPrograms
{
    public static IEnumerable<string> Folders() => OnPath().Concat(OfPackages());

    private static string[] OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<string> OfPackages()
    {
        if (OperatingSystem.IsWindows())
            return Under(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles) + @"\PostgreSQL", "*", "bin");
        if (OperatingSystem.IsMacOS())
            return Under("/opt/homebrew/opt", "postgresql@*", "bin")
                .Concat(Under("/usr/local/opt", "postgresql@*", "bin"))
                .Concat(Under("/Applications/Postgres.app/Contents/Versions", "*", "bin"));
        return Under("/usr/lib/postgresql", "*", "bin")
            .Concat(Under("/usr", "pgsql-*", "bin"))
            .Concat(Under("/home/linuxbrew/.linuxbrew/opt", "postgresql@*", "bin"))
            .Append("/usr/local/pgsql/bin");
    }

    private static IEnumerable<string> Under(string parent, string pattern, string bin) => Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent, pattern).OrderByDescending(MajorIn).Select(folder => Path.Combine(folder, bin))
        : [];

    private static int MajorIn(string folder)
    {
        var digits = string.Concat(Path.GetFileName(folder).SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }
}
