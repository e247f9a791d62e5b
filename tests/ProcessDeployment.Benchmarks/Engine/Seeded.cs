using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>The workloads of most scenarios: 10,000 Processes in one account, and as many over twenty.</summary>
internal sealed class Seeded
{
    public const string OneAccount = "bench-one";

    private const int Processes = 10_000;

    public Workload One { get; } = Workload.Create(Processes, OneAccount);

    public Workload Twenty { get; } = Workload.Create(Processes, [.. Enumerable.Range(1, 20).Select(i => $"bench-{i:00}")]);

    public IReadOnlyList<string> Accounts => [.. One.Accounts, .. Twenty.Accounts];

    /// <summary>An engine in this process that is never started: its pipeline without channels and projections.</summary>
    public static async Task<Microsoft.AspNetCore.Builder.WebApplication> PipelineAsync(BenchmarkDatabase database, IReadOnlyList<string> accounts) =>
        await EngineHost.BuildAsync(["--Logging:LogLevel:Default=Warning"], new() { Postgres = database.ConnectionString, LedgerFolder = database.LedgerFolder, Sample = false, Accounts = accounts });

    public static async Task<Seeded> PrepareAsync(BenchmarkDatabase database)
    {
        var seeded = new Seeded();
        if (await database.ScalarAsync<bool>("select to_regclass('process_deployment.account') is not null")
            && await database.ScalarAsync<long>("select count(*) from process_deployment.account where account_id = any($1) and position > 0", (object)seeded.Accounts.ToArray()) == seeded.Accounts.Count)
        {
            return seeded;
        }

        await using var app = await PipelineAsync(database, seeded.Accounts);
        var pipeline = app.Services.GetRequiredService<ICommandPipeline>();
        await Seeding.SeedAsync(pipeline, seeded.One);
        await Seeding.SeedAsync(pipeline, seeded.Twenty);
        await database.ExecuteAsync("vacuum analyze");
        return seeded;
    }
}
