using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Benchmarks.Scenarios;

// The engine under test is this program again, in a process of its own.
if (args is ["engine", ..]) return await BenchmarkedEngine.RunAsync(args[1..]);

var options = BenchmarkOptions.Parse(args);
if (options.Scenarios.Count == 0)
{
    Console.WriteLine("""
        ProcessDeployment.Benchmarks <scenario>… [--pairs 10] [--seconds 5] [--json file] [--only text] [--postgres connection] [--rabbitmq uri] [--data folder]

          pipeline       the pipeline in this process, without channels and projections
          http-latency   one client over HTTP
          http-rate      32 clients over HTTP, on 20 accounts and on one
        """);
    return 2;
}

await using var database = await BenchmarkDatabase.StartAsync(options);
var report = new Report([.. Machine.Describe(), await database.DescribeAsync()]);
foreach (var scenario in options.Scenarios)
{
    switch (scenario)
    {
        case "pipeline": await new PipelineScenario(options, database, report).RunAsync(); break;
        case "http-latency": await new HttpScenario(options, database, report).LatencyAsync(); break;
        case "http-rate": await new HttpScenario(options, database, report).RateAsync(); break;
        default: throw new InvalidOperationException($"There is no scenario {scenario}.");
    }
}

report.Print();
if (options.Json is not null) report.Save(options.Json);
return 0;
