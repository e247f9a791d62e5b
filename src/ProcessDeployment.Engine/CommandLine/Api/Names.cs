namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>Finds what people call by its name. An id is taken as it is.</summary>
internal static class Names
{
    private const int MostShown = 8;

    /// <summary>The only list that comes whole, and takes no size of its pages.</summary>
    private const string Environments = "environments";

    public static Task<Guid> ProcessAsync(this ApiClient api, string named, CancellationToken ct) =>
        FindAsync(api, "processes", "processId", "Process", named, Query.None.With("text", named), ct);

    public static Task<Guid> ComponentAsync(this ApiClient api, string named, CancellationToken ct) =>
        FindAsync(api, "components", "componentId", "component", named, Query.None.With("text", named), ct);

    public static Task<Guid> AtomAsync(this ApiClient api, string named, CancellationToken ct) =>
        FindAsync(api, "atoms", "atomId", "Atom", named, Query.None.With("text", named), ct);

    public static Task<Guid> EnvironmentAsync(this ApiClient api, string named, CancellationToken ct) =>
        FindAsync(api, Environments, "environmentId", "environment", named, Query.None, ct);

    public static async Task<IReadOnlyList<Guid>> AtomsAsync(this ApiClient api, IEnumerable<string> named, CancellationToken ct)
    {
        var ids = new List<Guid>();
        foreach (var name in named) ids.Add(await api.AtomAsync(name, ct));
        return ids;
    }

    /// <summary>Every item of a list, page by page.</summary>
    public static async IAsyncEnumerable<Json> AllAsync(this ApiClient api, string path, Query query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (page, cursor) = (path == Environments ? query : query.With("take", 500), (string?)null);
        do
        {
            var answer = await api.AskAsync(path, page.With("cursor", cursor), ct);
            foreach (var item in answer.Json["items"].Items) yield return item;
            cursor = answer.Json["next"].IsThere ? answer.Json["next"].Text : null;
        }
        while (cursor is not null);
    }

    private static async Task<Guid> FindAsync(ApiClient api, string path, string id, string kind, string named, Query query, CancellationToken ct)
    {
        if (Guid.TryParse(named, out var given)) return given;
        var found = new List<Json>();
        await foreach (var item in api.AllAsync(path, query, ct)) found.Add(item);

        var exact = found.FindAll(item => string.Equals(item["name"].Text, named, StringComparison.Ordinal));
        if (exact.Count == 0) exact = found.FindAll(item => string.Equals(item["name"].Text, named, StringComparison.OrdinalIgnoreCase));
        if (exact is [var only]) return only[id].Id!.Value;

        var near = exact.Count > 0 ? exact : found.FindAll(item => item["name"].Text.Contains(named, StringComparison.OrdinalIgnoreCase));
        var shown = string.Concat(near.Take(MostShown).Select(item => $"\n  {item[id].Text}  {item["name"].Text}{(item["folder"].IsThere ? $"  in {item["folder"].Text}" : "")}"));
        throw new CommandLineException(ExitCodes.Refused, exact.Count > 0
            ? $"Several {kind}s are called {named}. Give the id of one:{shown}"
            : near.Count > 0 ? $"No {kind} is called {named}. Give the whole name or the id; these come near:{shown}"
            : $"No {kind} is called {named}. The verb {path} lists what there is.");
    }
}
