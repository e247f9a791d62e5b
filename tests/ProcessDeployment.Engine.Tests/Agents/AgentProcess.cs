using System.Diagnostics;
using System.Security.Cryptography;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Agents;

/// <summary>An agent in a process of its own, as it runs beside an Atom, with a folder of its own.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    /// <summary>Where it was built: beside the tests lie other packages than it brings.</summary>
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "ProcessDeployment.Atom", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "ProcessDeployment.Atom.dll"));

    private readonly Guid _atomId;
    private readonly string _url;
    private readonly List<string> _output = [];
    private Process? _process;

    private AgentProcess(Guid atomId, string url, string folder) => (_atomId, _url, Folder) = (atomId, url, folder);

    public string Folder { get; }

    public string TokenFile => Path.Combine(Folder, "token");

    public string PublicKey => Path.Combine(Folder, "public-key.pem");

    public string Bundles => Path.Combine(Folder, "bundles");

    public int ProcessId => _process!.Id;

    public string Said
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    /// <summary>An agent with a token of its own and the key of the ledger, not started yet.</summary>
    public static async Task<AgentProcess> PrepareAsync(EngineFixture engine, Shop shop, Guid atomId, Uri? url = null)
    {
        var agent = new AgentProcess(atomId, (url ?? engine.Url).ToString(), Directory.CreateTempSubdirectory("process-deployment-agent-").FullName);
        Directory.CreateDirectory(agent.Bundles);
        await agent.PutTokenAsync(engine, shop);
        var keys = await Eventually.BecomesAsync(() => shop.Account.TryAskAsync("/ledger/keys"), answer => answer.Body.TryGetProperty("keys", out _));
        agent.Pin([.. keys.Body.Items("keys").Select(key => key.GetProperty("publicKey").GetBytesFromBase64())]);
        return agent;
    }

    public static async Task<AgentProcess> StartAsync(EngineFixture engine, Shop shop, Guid atomId, Uri? url = null)
    {
        var agent = await PrepareAsync(engine, shop, atomId, url);
        agent.Start();
        return agent;
    }

    public async Task<Guid> PutTokenAsync(EngineFixture engine, Shop shop)
    {
        var (atom, tokenId, token) = await AtomOutside.EnterAsync(engine, shop.Account, _atomId);
        atom.Dispose();
        await File.WriteAllTextAsync(TokenFile, token, TestContext.Current.CancellationToken);
        return tokenId;
    }

    public void Pin(params byte[][] keys) => File.WriteAllText(PublicKey, string.Join('\n', keys.Select(key => PemEncoding.WriteString("PUBLIC KEY", key))));

    /// <summary>Retries follow at once and it looks every second, so that tests need not wait as people do.</summary>
    public void Start(params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Program, $"--Engine={_url}", $"--AtomId={_atomId}", $"--TokenFile={TokenFile}", $"--Folder={Folder}", $"--PublicKey={PublicKey}",
            "--Poll=1", "--Retry=0.2,0.5", .. more,
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: no line of its code runs any more.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>As a supervisor does.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> EndedAsync()
    {
        await _process!.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public Task SaysAsync(string words) => Eventually.BecomesAsync(() => Task.FromResult(Said), said => said.Contains(words, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.Add(line.Data ?? "");
    }
}
