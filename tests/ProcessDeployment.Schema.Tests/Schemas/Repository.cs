namespace ProcessDeployment.Schema.Tests.Schemas;

internal static class Repository
{
    /// <summary>The folder of schemas and samples in the working copy the tests were built from.</summary>
    public static string EventSchema { get; } = Path.Combine(Root(), "eventschema");

    /// <summary>Whether this run writes schemas instead of comparing them.</summary>
    public static bool Writes { get; } = Environment.GetEnvironmentVariable("EVENTSCHEMA_WRITE") == "1";

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ProcessDeployment.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside a working copy.");
        return folder;
    }
}
