using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The program as it is shipped: how soon it is ready, and what it costs when nothing happens.</summary>
internal sealed class RestScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    public async Task StartAsync()
    {
        var seconds = new List<double>();
        await Seeded.PrepareAsync(database);
        for (var i = 0; i <= options.Repeats; i++)
        {
            await using var engine = await EngineProcess.StartAsync(database, asShipped: true, readyPath: "/health/ready");
            if (i > 0) seconds.Add(engine.StartedIn.TotalSeconds);
        }

        var interval = Interval.Of(seconds);
        report.Add(new("start to ready on a warm database", null, Report.Number(interval.Median) + " s", interval, Target.AtMost(3, "s")));
    }

    public async Task IdleAsync()
    {
        await using var engine = await EngineProcess.StartAsync(database, asShipped: true, readyPath: "/health/ready");
        // What follows a start is not idleness yet.
        await Task.Delay(TimeSpan.FromSeconds(20));
        if (engine.CpuWith(database) is not { } before || database.ServerProcessId is not { } server) return;
        // What is measured is that nothing happens.
        await Task.Delay(Idle);
        var used = engine.CpuWith(database)!.Value - before;
        var percent = used.Total / Idle.TotalMilliseconds * 100;
        var (own, postgres) = (Cpu.ProportionalMemory(engine.ProcessId) ?? 0, Cpu.Tree(server).Sum(pid => Cpu.ProportionalMemory(pid) ?? 0));
        report.Add(new($"idle: share of a core (engine {Report.Number(used.Program / 600)} %, PostgreSQL {Report.Number(used.Postgres / 600)} %)", null, Report.Number(percent) + " %", new(percent, percent, percent), Target.AtMost(2, "%")));
        report.Add(new($"idle: memory (engine {Report.Number(own)} MB, PostgreSQL {Report.Number(postgres)} MB)", null, Report.Number(own + postgres) + " MB", new(own + postgres, own + postgres, own + postgres), Target.AtMost(350, "MB")));
    }
}
