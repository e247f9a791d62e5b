using Microsoft.Extensions.Logging.Console;

namespace ProcessDeployment.Engine.Host;

/// <summary>Logs: lines for a person at a terminal, JSON objects for machines. Quiet: what is logged is worth reading.</summary>
internal static class Logs
{
    public static void UseLogs(this WebApplicationBuilder builder)
    {
        var gate = new LogGate();
        builder.Services.AddSingleton(gate);
        var logging = builder.Logging;
        logging.AddConsoleFormatter<PlainLines, ConsoleFormatterOptions>();
        logging.AddConsole(console => console.FormatterName = builder.Configuration["Logging:Console:FormatterName"] ?? (IsForPeople(builder) ? PlainLines.FormatterName : ConsoleFormatterNames.Json));
        builder.Services.Configure<JsonConsoleFormatterOptions>(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });

        // What libraries say about themselves at every start hides what a person needs to know.
        foreach (var library in new[] { "Microsoft", "Marten", "Wolverine", "JasperFx", "Weasel", "Npgsql" }) logging.AddFilter(library, LogLevel.Warning);
        // "No handlers found": there are none, commands go through the pipeline.
        logging.AddFilter("Wolverine.Configuration.HandlerDiscovery", LogLevel.Error);
        // A start that fails is told once, in words of ours, instead of three times with its stack.
        foreach (var starting in new[] { "Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel" }) logging.AddFilter(starting, level => level >= LogLevel.Warning && gate.Started);
        // At the end the connections that listen are cut with the database, which is as it should be.
        foreach (var ending in new[] { "Marten.Events.Daemon", "Wolverine.Runtime.Agents" }) logging.AddFilter(ending, level => level >= LogLevel.Warning && !gate.Stopping);
    }

    private static bool IsForPeople(WebApplicationBuilder builder) => !Console.IsOutputRedirected || builder.Environment.IsDevelopment();
}

/// <summary>Where in its life the engine is, for what is worth logging only in some part of it.</summary>
internal sealed class LogGate
{
    public bool Started { get; set; }

    public bool Stopping { get; set; }
}
