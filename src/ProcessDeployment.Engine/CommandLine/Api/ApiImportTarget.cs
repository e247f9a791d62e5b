using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Import;

namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>Imports into an account over HTTP.</summary>
internal sealed class ApiImportTarget(ApiClient api, string? account) : IImportTarget
{
    private const string Source = "//command-line/import";

    public async Task<IReadOnlyDictionary<Guid, KnownComponent>> FindAsync(IReadOnlyCollection<Guid> ids, long? atLeast, CancellationToken ct)
    {
        if (atLeast is { } position) api.MustContain(position);
        var known = new Dictionary<Guid, KnownComponent>();
        foreach (var some in ids.Chunk(Limits.Ids))
        {
            var answer = await api.AskAsync("components", Query.None.With("id", some), ct);
            foreach (var item in answer.Json["items"].Items)
            {
                if (item["componentId"].Id is { } id) known[id] = Known(id, item);
            }
        }

        return known;
    }

    public async Task<IReadOnlyList<Outcome>> SendAsync(IReadOnlyList<ImportCommand> commands, CancellationToken ct)
    {
        var items = await api.SendAsync(
            commands.Select(command => (ReadOnlyMemory<byte>)CommandWriter.ToCloudEvent(command.CommandId, Source, command.Command with { AccountId = account })), ct);
        return [.. commands.Zip(items, (command, item) => item.Outcome ?? Malformed(command.CommandId, item))];
    }

    /// <summary>The form was checked before sending, so this is for engines that are stricter than we are.</summary>
    private static Outcome Malformed(Guid commandId, BatchItem item) => new()
    {
        CommandId = commandId,
        Status = OutcomeStatus.Refused,
        Position = 0,
        Refusal = new("malformed", string.Join("; ", item.Errors), null),
    };

    private static KnownComponent Known(Guid id, Json item) => new()
    {
        ComponentId = id,
        ComponentType = item["componentType"].Text,
        Name = item["name"].Text,
        Folder = item["folder"].IsThere ? item["folder"].Text : null,
        LatestRevision = (int)(item["latestRevision"].Number ?? 0),
        ContentHash = item["contentHash"].Text,
        Deleted = item["deleted"].IsTrue,
    };
}
