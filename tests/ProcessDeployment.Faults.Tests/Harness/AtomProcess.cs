using System.Diagnostics;
using System.Globalization;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>The agent of an Atom in a process of its own, which writes down each execution that its command is run for.</summary>
internal sealed class AtomProcess : IAsyncDisposable
{
    /// <summary>Long enough for a kill to fall into it.</summary>
    private const string Run = """echo $PROCESSDEPLOYMENT_RUN_EXECUTION >> ../../fired; test -f "$PROCESSDEPLOYMENT_RUN_BUNDLE/manifest.json" && sleep 0.1""";

    /// <summary>Where it was built: beside the tests lie other packages than it brings.</summary>
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "ProcessDeployment.Atom", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "ProcessDeployment.Atom.dll"));

    private readonly string _url;
    private readonly string _folder = Directory.CreateTempSubdirectory("process-deployment-faults-atom-").FullName;
    private readonly List<string> _output = [];
    private OsProcess? _process;

    public AtomProcess(Guid atomId, string token, string url)
    {
        (AtomId, _url) = (atomId, url);
        File.WriteAllText(TokenFile, token);
        Start();
    }

    public Guid AtomId { get; }

    /// <summary>The executions for which its command was run, in order.</summary>
    public IReadOnlyList<Guid> Fired => File.Exists(Path.Combine(_folder, "fired")) ? [.. File.ReadAllLines(Path.Combine(_folder, "fired")).Select(Guid.Parse)] : [];

    public string LastWords
    {
        get
        {
            lock (_output) return string.Join('\n', _output.TakeLast(100));
        }
    }

    private string TokenFile => Path.Combine(_folder, "token");

    public string Bundle(string digest) => Path.Combine(_folder, "bundles", $"{digest}.tar");

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [Program, $"--Engine={_url}", $"--AtomId={AtomId}", $"--TokenFile={TokenFile}", $"--Folder={_folder}", $"--Run={Run}", "--Poll=1", "--Retry=0.2,0.5"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = OsProcess.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: no line of its code runs any more, and what it started goes on alone.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.Add(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {line.Data}"));
    }
}
