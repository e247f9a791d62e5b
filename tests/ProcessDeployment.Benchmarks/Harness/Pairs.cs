namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>Floor and engine take turns, so that whatever else the machine does falls on both.</summary>
internal sealed record Pairs(IReadOnlyList<Run> Floor, IReadOnlyList<Run> Ours)
{
    public static async Task<Pairs> RunAsync(int count, Func<Task<Run>> floor, Func<Task<Run>> ours)
    {
        // The first turns warm caches, plans and compiled code and do not count; an engine just started has more of that to compile.
        await floor();
        await ours();
        await ours();
        var (floors, engines) = (new List<Run>(), new List<Run>());
        for (var i = 0; i < count; i++)
        {
            floors.Add(await floor());
            engines.Add(await ours());
            Console.Error.WriteLine($"  {i + 1}/{count}: floor {floors[i].Rate:#,##0}/s p50 {floors[i].Milliseconds(50):0.00} ms, engine {engines[i].Rate:#,##0}/s p50 {engines[i].Milliseconds(50):0.00} ms, p99 {engines[i].Milliseconds(99):0.00} ms, CPU {Cost(floors[i])} and {Cost(engines[i])}");
        }

        return new(floors, engines);
    }

    public Line Rate(string what, Target? target) => Line(what, run => run.Rate, "/s", target);

    public Line Latency(string what, double percentile, Target? target) => Line(what, run => run.Milliseconds(percentile), " ms", target);

    private Line Line(string what, Func<Run, double> figure, string unit, Target? target) => new(
        what,
        Median(Floor, figure) + unit,
        Median(Ours, figure) + unit,
        Interval.Of(Floor.Zip(Ours, (floor, ours) => figure(ours) / figure(floor))),
        target,
        Cpu(Floor),
        Cpu(Ours));

    private static string Median(IEnumerable<Run> runs, Func<Run, double> figure) => Report.Number(Interval.Of(runs.Select(figure)).Median);

    private static double? Cpu(IReadOnlyList<Run> runs) => runs.All(run => run.CpuPerCommand is not null) ? Interval.Of(runs.Select(run => run.CpuPerCommand!.Value.Total)).Median : null;

    private static string Cost(Run run) => run.CpuPerCommand is { } cpu ? $"{cpu.Program:0.000} + {cpu.Postgres:0.000} ms" : "–";
}
