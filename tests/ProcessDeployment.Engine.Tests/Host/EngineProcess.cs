using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ProcessDeployment.Engine.Tests.Host;

/// <summary>The engine as a program of its own, as people start it.</summary>
internal sealed class EngineProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EngineProcess(params (string Name, string Value)[] environment)
        : this([], environment)
    {
    }

    /// <param name="arguments">Of its command line.</param>
    /// <param name="environment">Its settings.</param>
    public EngineProcess(IReadOnlyList<string> arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, "ProcessDeployment.Engine.dll") }, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Logging__Console__FormatterName"] = "plain";
        start.Environment["PROCESSDEPLOYMENT_SAMPLE"] = "off";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    public async Task<HttpClient> ServingAsync() => new() { BaseAddress = await _serving.Task.WaitAsync(Eventually.Patience) };

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        kill.ExitCode.ShouldBe(0);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
        if (line?.Split(' ') is [_, "Serving", .., "on", var url]) _serving.TrySetResult(new(url));
    }
}
