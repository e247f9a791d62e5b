using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Benchmarks.Scenarios;

var options = BenchmarkOptions.Parse(args);
if (options.Scenarios.Count == 0)
{
    Console.WriteLine("""
        ProcessDeployment.Benchmarks <scenario>… [--pairs 10] [--seconds 5] [--json file] [--only text] [--postgres connection] [--rabbitmq uri] [--data folder]

          pipeline   the pipeline in this process, without channels and projections
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
        default: throw new InvalidOperationException($"There is no scenario {scenario}.");
    }
}

report.Print();
if (options.Json is not null) report.Save(options.Json);
return 0;
