using System.Diagnostics;

namespace ProcessDeployment.Embedded.Tests;

/// <summary>A second program with a private PostgreSQL: this test program, started once more.</summary>
internal sealed class OtherProgram : IAsyncDisposable
{
    private readonly Process _process;

    private OtherProgram(Process process) => _process = process;

    public int ProcessId => _process.Id;

    /// <summary>"running" and the server's process id, or "refused" and why.</summary>
    public required string Answer { get; init; }

    public int ServerProcessId => int.Parse(Answer["running ".Length..], System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<OtherProgram> StartAsync(string folder, string? url = null, string? asUser = null)
    {
        string[] own = [typeof(OtherProgram).Assembly.Location, "own", folder, .. url is null ? Array.Empty<string>() : [url]];
        var start = asUser is null
            ? new ProcessStartInfo("dotnet", own)
            : new ProcessStartInfo("setpriv", [$"--reuid={asUser}", "--clear-groups", "--", "dotnet", .. own]);
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        // The other user has no right to the home folder of this one.
        if (asUser is not null)
            start.Environment["HOME"] = "/tmp";
        var process = Process.Start(start)!;
        return new OtherProgram(process) { Answer = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "" };
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }
}
