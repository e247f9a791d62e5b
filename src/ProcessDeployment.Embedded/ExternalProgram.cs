using System.ComponentModel;
using System.Diagnostics;

namespace ProcessDeployment.Embedded;

internal sealed record ProgramResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

internal static class ExternalProgram
{
    /// <summary>Null when there is no such program.</summary>
    public static async Task<ProgramResult?> RunAsync(
        string file, IEnumerable<string> arguments, string? workingFolder, CancellationToken ct, bool leavesChildren = false)
    {
        // A server left behind by pg_ctl would inherit the pipes on Windows, and their end would never come.
        var capture = !(leavesChildren && OperatingSystem.IsWindows());
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workingFolder ?? "",
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        // Ctrl-C at the terminal must reach the server only through us; elsewhere pg_ctl gives it a session of its own.
        if (leavesChildren && OperatingSystem.IsWindows())
            start.CreateNewProcessGroup = true;
        KeepOutOfTheWay(start.Environment);

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }
        process.StandardInput.Close();
        try
        {
            var output = capture ? process.StandardOutput.ReadToEndAsync(ct) : Task.FromResult("");
            var errors = capture ? process.StandardError.ReadToEndAsync(ct) : Task.FromResult("");
            await process.WaitForExitAsync(ct);
            return new ProgramResult(process.ExitCode, (await errors + await output).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>PGDATA, PGPORT and the like are meant for somebody else's server; messages are read here, so in English.</summary>
    private static void KeepOutOfTheWay(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
            environment.Remove(name);
        environment["LC_ALL"] = "C";
    }
}
