using System.Diagnostics;
using System.Globalization;

namespace ProcessDeployment.Embedded.Tests;

/// <summary>A second program with a private PostgreSQL: this test program, started once more.</summary>
internal sealed class OtherProgram(string folder) : IAsyncDisposable
{
    private readonly Process _process = new();

    /// <summary>Where it serves its pages.</summary>
    public string? Url { get; init; }

    public string? AsUser { get; init; }

    public Dictionary<string, string> Environment { get; init; } = [];

    public int ProcessId => _process.Id;

    /// <summary>"running" and the server's process id, or "refused" and why.</summary>
    public string Answer { get; private set; } = "";

    public int ServerProcessId => int.Parse(Answer["running ".Length..], CultureInfo.InvariantCulture);

    public async Task<OtherProgram> StartAsync(string until = "running")
    {
        string[] own = [typeof(OtherProgram).Assembly.Location, "own", folder, .. Url is null ? Array.Empty<string>() : [Url]];
        _process.StartInfo = AsUser is null
            ? new ProcessStartInfo("dotnet", own)
            : new ProcessStartInfo("setpriv", [$"--reuid={AsUser}", "--clear-groups", "--", "dotnet", .. own]);
        _process.StartInfo.RedirectStandardInput = _process.StartInfo.RedirectStandardOutput = true;
        _process.StartInfo.UseShellExecute = false;
        foreach (var (name, value) in Environment)
            _process.StartInfo.Environment[name] = value;
        _process.Start();
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            Answer = line;
            if (line.StartsWith(until, StringComparison.Ordinal) || line.StartsWith("refused", StringComparison.Ordinal))
                break;
        }
        return this;
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
