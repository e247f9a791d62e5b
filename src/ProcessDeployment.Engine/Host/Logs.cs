namespace ProcessDeployment.Engine.Host;

/// <summary>Logs: lines for a person at a terminal, JSON objects for machines. Quiet: what is logged is worth reading.</summary>
internal static class Logs
{
    public static void UseLogs(this WebApplicationBuilder builder)
    {
        // What libraries say about themselves at every start hides what a person needs to know.
        foreach (var library in new[] { "Microsoft", "Marten", "Wolverine", "JasperFx", "Weasel", "Npgsql" }) builder.Logging.AddFilter(library, LogLevel.Warning);
        // "No handlers found": there are none, commands go through the pipeline.
        builder.Logging.AddFilter("Wolverine.Configuration.HandlerDiscovery", LogLevel.Error);
    }
}
