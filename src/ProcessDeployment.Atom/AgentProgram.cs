using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProcessDeployment.AtomAgent.Runs;

namespace ProcessDeployment.AtomAgent;

/// <summary>The agent of one Atom: downloads what ought to run there, checks it, keeps it, runs it when it is asked to, and says so.</summary>
internal static class AgentProgram
{
    /// <summary>Something that only whoever started it can put right.</summary>
    private const int NotStarted = 2;

    public static async Task<int> Main(string[] args)
    {
        try
        {
            var builder = Host.CreateApplicationBuilder(args);
            builder.Configuration.AddEnvironmentVariables(AgentOptions.Prefix).AddCommandLine(args);
            var options = AgentOptions.From(builder.Configuration);
            using var owned = FolderLock.Take(options.Folder);
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
            Add(builder.Services, options);
            using var host = builder.Build();
            await host.RunAsync();
            return 0;
        }
        catch (AgentStartException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return NotStarted;
        }
    }

    private static void Add(IServiceCollection services, AgentOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<TokenFile>();
        services.AddSingleton<EngineClient>();
        services.AddSingleton<PinnedKeys>();
        services.AddSingleton<BundleFolder>();
        services.AddSingleton<Downloads>();
        services.AddSingleton<Reports>();
        services.AddSingleton<RunFolder>();
        services.AddSingleton<RunReports>();
        services.AddSingleton<Runner>();
        services.AddSingleton<Pass>();
        services.AddSingleton<Wake>();
        services.AddHostedService<ChangeListener>();
        services.AddHostedService<Agent>();
    }
}
