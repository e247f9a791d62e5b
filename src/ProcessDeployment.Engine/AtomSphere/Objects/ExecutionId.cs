namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>How executions are called: by their id, by that of the request for them, and as the platform writes such ids.</summary>
internal static class ExecutionId
{
    private const string OfRequest = "executionrecord-";
    private static readonly string[] Prefixes = [OfRequest, "execution-"];

    public static string RequestOf(Guid executionId) => $"{OfRequest}{executionId}";

    /// <summary>Null for what is no such id.</summary>
    public static Guid? Read(string text)
    {
        var prefix = Prefixes.FirstOrDefault(known => text.StartsWith(known, StringComparison.OrdinalIgnoreCase)) ?? "";
        return Guid.TryParse(text.AsSpan(prefix.Length), out var id) ? id : null;
    }
}
