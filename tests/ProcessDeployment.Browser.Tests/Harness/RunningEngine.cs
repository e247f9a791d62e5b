using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>An engine in this process, with its pages. It can be stopped and started again where it was.</summary>
public sealed class RunningEngine(EngineOptions options) : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Where the engine serves, also after it was started again.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    public string OwnerLogin => _app!.Services.GetRequiredService<Databases>().Logins.Owner;

    public async Task StartAsync()
    {
        _app = await EngineHost.BuildAsync(["--urls", Url.ToString()], options);
        await _app.StartAsync();
        Url = new(_app.Urls.First());
    }

    public async Task StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
