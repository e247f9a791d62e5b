using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>10,000 schedules in one account: what they cost while none is due, and how late runs are made when they are.</summary>
internal sealed class SchedulesScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const string Account = "bench-schedules";
    private const int Processes = 100;
    private const int Atoms = 100;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    /// <summary>Longer than it takes to set all of them and to start an engine.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(90);

    private static readonly Schedule FarAway = new() { Minutes = "0", Hours = "4", DaysOfMonth = "1", Months = "1", Years = "2045" };

    private readonly Guid[] _processes = [.. Enumerable.Range(0, Processes).Select(_ => Guid.CreateVersion7())];
    private readonly Guid[] _atoms = [.. Enumerable.Range(0, Atoms).Select(_ => Guid.CreateVersion7())];

    public async Task RunAsync()
    {
        await using var app = await Seeded.PipelineAsync(database, [Account]);
        var pipeline = app.Services.GetRequiredService<ICommandPipeline>();
        await DeployAsync(pipeline);
        if (options.Wants("rest")) await RestAsync(pipeline);
        if (options.Wants("spread")) await SpreadAsync(pipeline);
        if (options.Wants("once")) await AtOnceAsync(pipeline);
    }

    private async Task RestAsync(ICommandPipeline pipeline)
    {
        var (without, with) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < Math.Min(options.Pairs, 3); pair++)
        {
            await SetAsync(pipeline, _ => null);
            without.Add(await PercentAsync());
            await SetAsync(pipeline, _ => FarAway);
            with.Add(await PercentAsync());
        }

        var cost = Interval.Of(with.Zip(without, (one, other) => one - other));
        report.Add(new("10,000 schedules at rest: share of a core, engine and PostgreSQL, beside none", Report.Number(Interval.Of(without).Median) + " %", Report.Number(Interval.Of(with).Median) + " %", cost, Target.AtMost(3, "%")));
    }

    private async Task<double> PercentAsync()
    {
        await using var engine = await EngineProcess.StartAsync(database, asShipped: true, readyPath: "/health/ready");
        // What follows a start is not rest yet.
        await Task.Delay(TimeSpan.FromSeconds(20));
        var before = engine.CpuWith(database)!.Value;
        // What is measured is that nothing happens.
        await Task.Delay(Rest);
        return (engine.CpuWith(database)!.Value - before).Total / Rest.TotalMilliseconds * 100;
    }

    /// <summary>Each once an hour, as many in every minute.</summary>
    private async Task SpreadAsync(ICommandPipeline pipeline)
    {
        await SetAsync(pipeline, i => new() { Minutes = (i % 60).ToString(CultureInfo.InvariantCulture), Hours = "*" });
        await using var engine = await EngineProcess.StartAsync(database);
        // What came due before it was there is made at once, and late.
        var from = Minute(DateTimeOffset.UtcNow) + TimeSpan.FromMinutes(1);
        var to = from + TimeSpan.FromMinutes(Math.Min(options.Pairs, 6));
        // Runs come due by the clock of the wall, and the last of them may be late.
        await Task.Delay(to + TimeSpan.FromSeconds(20) - DateTimeOffset.UtcNow);
        Add("10,000 schedules spread over an hour: from due to recorded, p99 of", await LagsAsync(from, to, (int)(to - from).TotalMinutes * (Processes * Atoms / 60)), 0.99, 1);
    }

    private async Task AtOnceAsync(ICommandPipeline pipeline)
    {
        var at = Minute(DateTimeOffset.UtcNow + Ahead) + TimeSpan.FromMinutes(1);
        await SetAsync(pipeline, _ => new() { Minutes = at.Minute.ToString(CultureInfo.InvariantCulture), Hours = at.Hour.ToString(CultureInfo.InvariantCulture) });
        await using var engine = await EngineProcess.StartAsync(database);
        if (DateTimeOffset.UtcNow > at) throw new InvalidOperationException("Setting the schedules took too long.");
        // By the clock of the wall, and long enough for the last of them to be late.
        await Task.Delay(at + TimeSpan.FromSeconds(45) - DateTimeOffset.UtcNow);
        Add("10,000 schedules on one minute: from due to recorded, the last of", await LagsAsync(at, at + TimeSpan.FromMinutes(1), Processes * Atoms), 1, 5);
    }

    private void Add(string what, List<double> lags, double share, double target)
    {
        var lag = lags[(int)Math.Ceiling(share * lags.Count) - 1];
        report.Add(new($"{what} {lags.Count}", null, Report.Number(lag) + " s", new(lag, lag, lag), Target.AtMost(target, "s")));
    }

    /// <summary>In seconds, the shortest first. A run that was not made would look like one without a lag.</summary>
    private async Task<List<double>> LagsAsync(DateTimeOffset from, DateTimeOffset to, int atLeast)
    {
        var lags = new List<double>();
        await foreach (var row in database.RowsAsync(
            """
            select extract(epoch from e.timestamp - (e.data ->> 'dueAt')::timestamptz)::float8 from events.mt_events e
            where e.tenant_id = $1 and e.type = 'processdeployment.execution-requested.v1' and (e.data ->> 'dueAt')::timestamptz >= $2 and (e.data ->> 'dueAt')::timestamptz < $3
            order by 1
            """,
            Account, from, to)) lags.Add(row.GetDouble(0));
        if (lags.Count < atLeast) throw new InvalidOperationException($"{lags.Count} of at least {atLeast} runs were made.");
        return lags;
    }

    private async Task DeployAsync(ICommandPipeline pipeline)
    {
        foreach (var atomId in _atoms)
        {
            await Seeding.DoAsync(pipeline, Sent(new RegisterAtom { AtomId = atomId, Name = $"Atom {atomId}" }));
            await Seeding.DoAsync(pipeline, Sent(new ReportAtomStatus { AtomId = atomId, Status = AtomStatus.Online }));
        }

        foreach (var processId in _processes)
        {
            await Seeding.DoAsync(pipeline, Sent(new SaveComponent { ComponentId = processId, ComponentType = "process", Name = $"Process {processId}" }));
            await Seeding.DoAsync(pipeline, Sent(new AttachAtoms { ProcessId = processId, AtomIds = _atoms }));
        }

        await Seeding.DeployAsync(pipeline, Account, _processes);
    }

    /// <summary>Sets every one of them anew; null for none.</summary>
    private Task SetAsync(ICommandPipeline pipeline, Func<int, Schedule?> schedule) => Task.WhenAll(
        from place in Enumerable.Range(0, Processes * Atoms)
        let one = schedule(place)
        select Seeding.DoAsync(pipeline, Sent(new SetSchedules { ProcessId = _processes[place / Atoms], AtomId = _atoms[place % Atoms], Schedules = one is null ? [] : [one] })));

    private static Command Sent(Command command) => command with { AccountId = Account, Actor = "kim@example.com" };

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
