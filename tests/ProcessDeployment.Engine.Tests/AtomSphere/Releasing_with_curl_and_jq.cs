using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Tests.Import;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

/// <summary>The script that the documentation shows, against an engine as it is started by hand, with an Atom that does what it is asked.</summary>
public sealed class Releasing_with_curl_and_jq(EngineFixture engine) : IAsyncLifetime
{
    private const string Account = "local";
    private readonly CancellationTokenSource _over = new();
    private readonly (Guid Process, Guid Connection, Guid Test, Guid Production) _ids = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
    private WebApplication _app = null!;
    private Task _atom = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        var database = await engine.NewDatabaseAsync();
        _app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], new() { Postgres = database, LedgerFolder = engine.LedgerFolderOf(database), Sample = false });
        await _app.StartAsync();
        await DoAsync(new SaveComponentV2 { ComponentId = _ids.Connection, ComponentType = "connector-settings", Name = "ERP", Connector = new("database", ConnectorClass.Standard) });
        await DoAsync(new SaveComponentV2 { ComponentId = _ids.Process, ComponentType = "process", Name = "Orders to ERP", References = [new(_ids.Connection, ReferenceKind.Dependent)], StartStep = StartStep.Schedule, Extensions = [new("property/baseURL", "Base URL", Secret: false)] });
        foreach (var (id, name) in ((Guid, string)[])[(_ids.Test, "Sandbox"), (_ids.Production, "Berlin")])
        {
            await DoAsync(new RegisterAtom { AtomId = id, Name = name });
            await DoAsync(new ReportAtomStatus { AtomId = id, Status = AtomStatus.Online });
        }

        _atom = ActAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _atom;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _over.Dispose();
    }

    [Fact]
    public async Task works_as_documented_and_shows_everywhere()
    {
        var isMissing = !File.Exists("/usr/bin/jq") || !File.Exists("/usr/bin/curl");
        if (isMissing && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("CI needs curl and jq.");
        Assert.SkipWhen(isMissing, "No jq or no curl: install them to run the script.");

        var (code, said) = await RunAsync();

        code.ShouldBe(0, said);
        said.ShouldContain("Deployed to Test: version 1");
        said.ShouldContain("Promoted to Production: version 1");
        said.ShouldContain("Set baseURL for Production");
        said.ShouldContain("Ran: COMPLETE");
        said.ShouldContain("as.schedules STOP");
        said.ShouldContain("\"standard\":{\"purchased\":null,\"used\":1}");
        said.ShouldContain("environmentId,environmentName");
        using var http = new HttpClient { BaseAddress = new(_app.Urls.First()) };
        var pair = await http.GetFromJsonAsync<JsonElement>($"/api/v1/processes/{_ids.Process}/atoms/{_ids.Production}", TestContext.Current.CancellationToken);
        pair.ToString().ShouldContain("set by script");
        (await http.GetStringAsync($"/api/v1/atoms/{_ids.Production}/deployments", TestContext.Current.CancellationToken)).ShouldContain("\"versionNumber\":1");
        (await RunAsync()).Said.ShouldContain("Promoted to Production: version 2");
    }

    private async Task<(int Code, string Said)> RunAsync()
    {
        var script = new ProcessStartInfo("bash", [Path.Combine(TestSamples.Root(), "docs", "atomsphere", "release.sh")]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in ((string, string)[])[("BASE", $"{_app.Urls.First()}/api/rest/v1/{Account}"), ("PROCESS", "Orders to ERP"), ("TEST_ATOM", "Sandbox"), ("PROD_ATOM", "Berlin")]) script.Environment[name] = value;
        using var running = Process.Start(script)!;
        var (said, complained) = (running.StandardOutput.ReadToEndAsync(), running.StandardError.ReadToEndAsync());
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (running.ExitCode, $"{await said}{await complained}");
    }

    /// <summary>An Atom that ends at once what it is asked for.</summary>
    private async Task ActAsync()
    {
        using var http = new HttpClient { BaseAddress = new(_app.Urls.First()) };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                foreach (var asked in (await http.GetFromJsonAsync<JsonElement>("/api/v1/executions?status=REQUESTED", _over.Token)).GetProperty("items").EnumerateArray())
                {
                    var report = new ReportExecution { AtomId = asked.GetProperty("atomId").GetGuid(), ExecutionId = asked.GetProperty("executionId").GetGuid(), Status = ExecutionStatus.Complete };
                    await DoAsync(report);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task DoAsync(Command command)
    {
        var written = CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//tests", command with { AccountId = Account, Actor = "kim@example.com" });
        await _app.Services.GetRequiredService<ICommandPipeline>().SubmitAsync(new(CommandParser.Parse(written, CommandDefaults.None).Envelope!, Channels.Http) { Authority = Domain.Access.Authority.Operator });
    }
}
