using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Benchmarks.Scenarios;

// The engine under test is this program again, in a process of its own.
if (args is ["engine", ..]) return await BenchmarkedEngine.RunAsync(args[1..]);

var options = BenchmarkOptions.Parse(args);
if (options.Scenarios.Count == 0)
{
    Console.WriteLine("""
        ProcessDeployment.Benchmarks <scenario>… [--pairs 10] [--seconds 5] [--json file] [--only text] [--events 1000000] [--postgres connection] [--rabbitmq uri] [--data folder]

          pipeline       the pipeline in this process, without channels and projections
          http-latency   one client over HTTP
          http-rate      32 clients over HTTP, on 20 accounts and on one
          bus-postgres   the intake table, projections paused and running
          bus-rabbitmq   the same over RabbitMQ
          open-loop      4,000 commands a second offered over HTTP for 30 seconds
          lag            how far behind the read models are at 1,000 commands a second
          shared-connection  a connection that 10,000 Processes use is revised
          list           questions for the list of 100,000 Processes
          as-of          questions about any moment of 1,000,000 events, and an export of all of them
          rebuild        list and attachments rebuilt from a million events, beside reading them and beside Marten's daemon
          sealing        what the ledger costs and how far behind it is, its proofs, and a million events verified offline
          atoms          500 Atoms listening: how soon a deploy is with all of them
          schedules      10,000 schedules: what they cost at rest, and how late their runs are
          preview        what a command would do, beside the command itself
          pages          the pages in Chromium over 100,000 Processes: the first list, scrolling, following, memory
          nodes          what a command costs with two engines at work instead of one
          identity       what a command costs with tokens, keys and roles
          floods         how long others wait while tokens are guessed, and while one account sends all it can
          atomsphere     the platform API: queries over 100,000 objects, and what it adds to a command
          start          from the start of the program to ready
          idle           processor and memory when nothing happens
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
        case "bus-postgres": await new BusScenario(options, database, report).PostgresAsync(); break;
        case "bus-rabbitmq": await new BusScenario(options, database, report).RabbitMqAsync(); break;
        case "open-loop": await new LoadScenario(options, database, report).OpenLoopAsync(); break;
        case "lag": await new LoadScenario(options, database, report).LagAsync(); break;
        case "shared-connection": await new SharedConnectionScenario(options, database, report).RunAsync(); break;
        case "list": await new ListScenario(options, database, report).RunAsync(); break;
        case "as-of": await new AsOfScenario(options, database, report).RunAsync(); break;
        case "rebuild": await new RebuildScenario(options, database, report).RunAsync(); break;
        case "sealing": await new SealingScenario(options, database, report).RunAsync(); break;
        case "atoms": await new AtomsScenario(options, database, report).RunAsync(); break;
        case "schedules": await new SchedulesScenario(options, database, report).RunAsync(); break;
        case "atomsphere": await new AtomSphereScenario(options, database, report).RunAsync(); break;
        case "preview": await new PreviewScenario(options, database, report).RunAsync(); break;
        case "pages": await new PagesScenario(options, database, report).RunAsync(); break;
        case "nodes": await new NodesScenario(options, database, report).RunAsync(); break;
        case "identity": await new IdentityScenario(options, database, report).RunAsync(); break;
        case "floods": await new FloodsScenario(options, database, report).RunAsync(); break;
        case "start": await new RestScenario(options, database, report).StartAsync(); break;
        case "idle": await new RestScenario(options, database, report).IdleAsync(); break;
        default: throw new InvalidOperationException($"There is no scenario {scenario}.");
    }
}

report.Print();
if (options.Json is not null) report.Save(options.Json);
return 0;
