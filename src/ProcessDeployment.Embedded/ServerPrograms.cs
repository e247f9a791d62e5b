using System.Globalization;
using System.Text.RegularExpressions;

namespace ProcessDeployment.Embedded;

/// <summary>A folder with initdb, pg_ctl and postgres that run on this machine.</summary>
internal sealed partial record ServerPrograms(string BinFolder, Version Version)
{
    public const int OldestMajor = 15;

    public int Major => Version.Major;
    public string InitDb => In(BinFolder, "initdb");
    public string PgCtl => In(BinFolder, "pg_ctl");

    public static async Task<ServerPrograms?> InFolderAsync(string folder, CancellationToken ct)
    {
        var binFolder = Path.GetFullPath(folder);
        if (!File.Exists(In(binFolder, "initdb")) || !File.Exists(In(binFolder, "pg_ctl")) || !File.Exists(In(binFolder, "postgres")))
            return null;
        var answer = await ExternalProgram.RunAsync(In(binFolder, "postgres"), ["--version"], null, ct);
        return answer is { ExitCode: 0 } && NumberIn().Match(answer.Output) is { Success: true } match
            ? new ServerPrograms(binFolder, new Version(Number(match.Groups["major"]), match.Groups["minor"].Success ? Number(match.Groups["minor"]) : 0))
            : null;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    private static string In(string folder, string program) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program);

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)(\.(?<minor>\d+))?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberIn();
}
