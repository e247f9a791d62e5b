using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Browser.Tests.Harness;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The pages in a browser on this machine, over 100,000 Processes: how soon the list is there, how it scrolls, how soon it follows, and what open pages cost.</summary>
internal sealed class PagesScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    /// <summary>The one that an engine serves to whoever sits at its machine.</summary>
    private const string Account = "local";

    private const int Processes = 100_000;
    private const int Pages = 40;
    private const string Rows = "a.pd-row[data-process]";

    private IReadOnlyList<Revision> _items = [];

    public async Task RunAsync()
    {
        await SeedAsync();
        await using var engine = await EngineProcess.StartAsync(database, asShipped: true);
        await ReadModels.CaughtUpAsync(database, [Account]);
        await database.ExecuteAsync("vacuum analyze");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{engine.Port}/deploy");
        await OpenAsync(browser, address);
        if (options.Wants("list")) await FirstListAsync(browser, address);
        if (options.Wants("scroll")) await ScrollAsync(browser, address);
        if (options.Wants("bus")) await FollowAsync(browser, address);
        if (options.Wants("memory")) await MemoryAsync(browser, address, engine.ProcessId);
    }

    /// <summary>With a browser that has seen nothing of it yet.</summary>
    private async Task FirstListAsync(IBrowser browser, string address)
    {
        var (seen, alive) = (new List<double>(), new List<double>());
        for (var i = 0; i < options.Repeats; i++)
        {
            await using var context = await browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.AddInitScriptAsync($$"""
                const look = () => {
                    window.seenAt ??= document.querySelector('{{Rows}}') ? performance.now() : undefined;
                    window.aliveAt ??= document.querySelector('input[type=search]:not(:disabled)') ? performance.now() : undefined;
                    if (!window.aliveAt) requestAnimationFrame(look);
                };
                requestAnimationFrame(look);
                """);
            await page.GotoAsync(address);
            await page.WaitForFunctionAsync("() => window.aliveAt");
            seen.Add(await page.EvaluateAsync<double>("() => window.seenAt"));
            alive.Add(await page.EvaluateAsync<double>("() => window.aliveAt"));
        }

        Add("pages: a new browser opens the list of 100,000 Processes, until rows are seen", seen, "ms", Target.AtMost(1500, "ms"));
        Add("pages: until the list can be used", alive, "ms", Target.AtMost(1500, "ms"));
    }

    /// <summary>How long the middle of the list showed no Process, frame by frame.</summary>
    private async Task ScrollAsync(IBrowser browser, string address)
    {
        var page = await OpenAsync(browser, address);
        await page.EvaluateAsync($$"""
            () => {
                window.longest = 0;
                let blankSince = null;
                const list = document.querySelector('.pd-list');
                const look = (now) => {
                    const box = list.getBoundingClientRect();
                    const shown = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.closest('{{Rows}}');
                    if (shown) blankSince = null;
                    else { blankSince ??= now; window.longest = Math.max(window.longest, now - blankSince); }
                    requestAnimationFrame(look);
                };
                requestAnimationFrame(look);
            }
            """);
        var (wheeled, jumped) = (new List<double>(), new List<double>());
        await page.Locator(".pd-list").HoverAsync();
        var random = new Random(42);
        for (var i = 0; i < options.Repeats; i++)
        {
            for (var turn = 0; turn < 40; turn++) await page.Mouse.WheelAsync(0, 600);
            wheeled.Add(await LongestAsync(page));
            await page.EvaluateAsync("part => { const list = document.querySelector('.pd-list'); list.scrollTop = list.scrollHeight * part; }", random.NextDouble());
            await Task.Delay(TimeSpan.FromSeconds(1)); // A jump is over when the reader looks: nothing else tells that no blank is to come.
            jumped.Add(await LongestAsync(page));
        }

        Add("pages: scrolling by the wheel, the longest blank", wheeled, "ms", Target.AtMost(200, "ms"));
        Add("pages: jumping to anywhere in 100,000, the longest blank", jumped, "ms", Target.AtMost(200, "ms"));
    }

    private static async Task<double> LongestAsync(IPage page)
    {
        var longest = await page.EvaluateAsync<double>("() => window.longest");
        await page.EvaluateAsync("() => { window.longest = 0; }");
        return longest;
    }

    /// <summary>From the commit of a message until a name that was bold is so no more.</summary>
    private async Task FollowAsync(IBrowser browser, string address)
    {
        var page = await OpenAsync(browser, address);
        var times = new List<double>();
        // The first by name, which is on the screen.
        var process = _items[0].Command;
        for (var i = 0; i < options.Repeats; i++)
        {
            await SendAsync(process with { Content = $"<process>{i}</process>" });
            await page.WaitForSelectorAsync($"a.pd-bold[data-process='{process.ComponentId}']", new() { State = WaitForSelectorState.Attached });
            var since = Stopwatch.GetTimestamp();
            await SendAsync(new DeployProcess { ProcessId = process.ComponentId });
            await page.WaitForSelectorAsync($"a.pd-row[data-process='{process.ComponentId}']:not(.pd-bold)", new() { State = WaitForSelectorState.Attached });
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }

        Add("pages: a deploy that came over the bus, until the open list shows it", times, "ms", Target.AtMost(1000, "ms"));
    }

    private async Task MemoryAsync(IBrowser browser, string address, int engine)
    {
        // What the engine needs once for all pages, and what it hands back in its own time.
        await using (var once = await browser.NewContextAsync()) await OpenOneAsync(once, address);
        await SettledAsync();
        var before = Cpu.ProportionalMemory(engine) ?? 0;
        await using var context = await browser.NewContextAsync();
        for (var i = 0; i < Pages; i++) await OpenOneAsync(context, $"{address}/{_items[(i * 10) + 1].ComponentId}/deployments");
        await SettledAsync();
        var cost = (Cpu.ProportionalMemory(engine) ?? 0) - before;
        report.Add(new($"pages: {Pages} open ones, memory of the engine beside none ({Report.Number(before)} MB); {Report.Number(cost / Pages)} MB a page", null, Report.Number(cost) + " MB", new(cost, cost, cost), Target.AtMost(150, "MB")));
    }

    private static Task SettledAsync() => Task.Delay(TimeSpan.FromSeconds(5)); // Connections and collections have no end that can be waited for.

    private static async Task<IPage> OpenAsync(IBrowser browser, string address) => await OpenOneAsync(await browser.NewContextAsync(), address);

    private static async Task<IPage> OpenOneAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await page.WaitForSelectorAsync("input[type=search]:not(:disabled)");
        await page.WaitForSelectorAsync(".pd-first", new() { State = WaitForSelectorState.Detached });
        return page;
    }

    private void Add(string what, List<double> figures, string unit, Target target)
    {
        var interval = Interval.Of(figures);
        report.Add(new($"{what} (at most {Report.Number(figures.Max())} {unit})", null, $"{Report.Number(interval.Median)} {unit}", interval, target));
    }

    private Task SendAsync(Command command) => database.ExecuteAsync(
        "select process_deployment.send_command($1)",
        System.Text.Encoding.UTF8.GetString(CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//benchmark", command with { AccountId = Account, Actor = "kim@example.com" })));

    private async Task SeedAsync()
    {
        await using var app = await Seeded.PipelineAsync(database, [Account]);
        var workload = Workload.Create(Processes, Account);
        _items = workload.Items;
        if (await database.ScalarAsync<long>("select position from process_deployment.account where account_id = $1", Account) > 0) return;
        var pipeline = app.Services.GetRequiredService<ICommandPipeline>();
        await Seeding.SeedAsync(pipeline, workload);
        await Seeding.DeployAsync(pipeline, Account, [.. workload.Items.Where((_, i) => i % 10 != 0).Select(item => item.ComponentId)]);
    }
}
