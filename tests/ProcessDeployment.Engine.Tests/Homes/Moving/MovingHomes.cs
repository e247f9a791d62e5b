using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Rebuild.Proof;
using ProcessDeployment.Engine.Tests.CommandLine;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Homes.Moving;

/// <summary>Two homes with an engine and a database each. The account acme begins in the one called main; in the other it was made, but nothing happened to it.</summary>
internal sealed class MovingHomes : IAsyncDisposable
{
    public const string Acme = "acme";

    private readonly string _folder = Directory.CreateTempSubdirectory("process-deployment-move-").FullName;

    private MovingHomes(OwnEngine main, OwnEngine eu) => (Main, Eu) = (main, eu);

    public OwnEngine Main { get; }

    public OwnEngine Eu { get; }

    /// <summary>A file for a move that is not there yet.</summary>
    public string File(string name) => Path.Combine(_folder, name);

    public static async Task<MovingHomes> StartAsync(EngineFixture engine)
    {
        // Where they are is known when they are there.
        List<Home> all = [new("main", new("http://127.0.0.1:1"), []), new("eu", new("http://127.0.0.1:1"), [])];
        var main = await StartAsync(engine, "main", all);
        var eu = await StartAsync(engine, "eu", all);
        (all[0], all[1]) = (all[0] with { Url = main.Http.BaseAddress! }, all[1] with { Url = eu.Http.BaseAddress! });
        return new(main, eu);
    }

    public async ValueTask DisposeAsync()
    {
        await Main.DisposeAsync();
        await Eu.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>An operator copies the keys of secret values from one home to the other.</summary>
    public static void CopyKeys(OwnEngine from, OwnEngine to)
    {
        var folder = to.Services.GetRequiredService<LedgerFolder>().Path;
        foreach (var key in Directory.GetFiles(from.Services.GetRequiredService<LedgerFolder>().Path, "secret-key-*.txt")) System.IO.File.Copy(key, Path.Combine(folder, Path.GetFileName(key)), overwrite: true);
    }

    /// <summary>Moves acme by the command line.</summary>
    public async Task<(int Code, string Said)> MoveAsync(OwnEngine from, string to, string file)
    {
        var call = new CommandLineCall { IsReal = true };
        var code = await call.RunAsync("accounts", "move", Acme, "--to", to, "--url", from.Http.BaseAddress!.ToString(), "--keep", File(file));
        return (code, call.Out + call.Error);
    }

    /// <summary>One step over HTTP.</summary>
    public static async Task<(int Status, string Body)> StepAsync(OwnEngine home, string step, string body)
    {
        var (status, answer) = await home.PostAsync($"/api/v1/accounts/{Acme}/{step}", body);
        return ((int)status, answer);
    }

    public static async Task<(int Status, string Body)> ArriveAsync(OwnEngine home, byte[] file)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new("application/zip") } };
        using var answer = await home.Http.PutAsync($"/api/v1/accounts/{Acme}/history", content, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static Task<Outcome> SendAsync(OwnEngine home, Command command, Guid? id = null)
    {
        var written = CommandWriter.ToCloudEvent(id ?? Guid.CreateVersion7(), "//tests", command with { AccountId = Acme, Actor = "kim@example.com" }, time: null);
        return home.Services.GetRequiredService<ICommandPipeline>().SubmitAsync(new(CommandParser.Parse(written, CommandDefaults.None).Envelope!, Channels.Http), TestContext.Current.CancellationToken);
    }

    /// <summary>What a home answers to many questions about acme at a moment.</summary>
    public static async Task<string> AnswersAsync(OwnEngine home, long asOf)
    {
        string[] questions = ["processes", "components", "atoms", "environments", "licences", "executions", "folders", "licences/report", "audit"];
        var answers = new StringBuilder();
        foreach (var question in questions)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{question}?asOf={asOf}") { Headers = { { TestCallers.Header, Acme } } };
            using var answer = await home.Http.SendAsync(asked, TestContext.Current.CancellationToken);
            answers.AppendLine(CultureInfo.InvariantCulture, $"{question} {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        return answers.ToString();
    }

    public static async Task<AccountCheckpoint> SealedAsync(OwnEngine home, long position) => (await Eventually.BecomesAsync(
        () => home.Services.GetRequiredService<LedgerReader>().FirstCoveringAsync(Acme, position, TestContext.Current.CancellationToken), checkpoint => checkpoint is not null))!;

    /// <summary>All that happened to acme, as an auditor gets it, held against the ledger of a home by both verifiers.</summary>
    public static async Task<Verifying.Verdict> VerifyExportAsync(OwnEngine home)
    {
        var (_, state) = await Eventually.BecomesAsync(() => StartExportAsync(home), started => started.Status == 200);
        using var asked = new HttpRequestMessage(HttpMethod.Get, state.GetProperty("bundle").GetString()) { Headers = { { TestCallers.Header, Acme } } };
        using var answer = await home.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        return await Exports.VerifyAsync(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public static Task ReadAsync(OwnEngine home, long position) => Eventually.BecomesAsync(() => home.Services.GetRequiredService<ReadPosition>().CurrentAsync(Acme), seen => seen >= position);

    /// <summary>How many rows of what decisions and questions look at are not as the events say.</summary>
    public static async Task<long> DifferencesAsync(OwnEngine home) => (await home.Services.GetRequiredService<Prover>()
        .ProveAsync(Acme, [.. RebuildModel.All.SelectMany(model => model.Proofs)], proved: null, TestContext.Current.CancellationToken)).Differences;

    public static Task<long> PositionAsync(OwnEngine home) => home.ScalarAsync<long>($"select position from process_deployment.account where account_id = '{Acme}'");

    private static async Task<(int Status, JsonElement Body)> StartExportAsync(OwnEngine home)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/api/v1/audit/export") { Headers = { { TestCallers.Header, Acme } } };
        using var answer = await home.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    private static Task<OwnEngine> StartAsync(EngineFixture engine, string name, List<Home> all) => OwnEngine.StartAsync(
        engine, builder => builder.Services.AddSingleton<ICallers, TestCallers>().AddSingleton(new HomeOptions { Name = name, All = all }));
}
