namespace ProcessDeployment.Client;

/// <content>Questions about components.</content>
public sealed partial class EngineApi
{
    /// <summary>A part of the list of live components, by name.</summary>
    public Task<Listed<ComponentItem>> ComponentsAsync(ComponentFilter filter, string? cursor = null, int take = 100, CancellationToken cancellation = default) => AskAsync<Listed<ComponentItem>>(
        "components", Query.Of("text", filter.Text).With("type", filter.Type).With("folder", filter.Folder).With("cursor", cursor).With("take", take), cancellation);

    /// <summary>Up to a hundred components by id, deleted ones too, with what they refer to. Those never saved are left out.</summary>
    public Task<Listed<ComponentItem>> ComponentsAsync(IEnumerable<Guid> componentIds, CancellationToken cancellation = default) =>
        AskAsync<Listed<ComponentItem>>("components", componentIds.Aggregate(Query.None, (query, id) => query.With("id", id)), cancellation);

    public Task<ComponentAnswer> ComponentAsync(Guid componentId, CancellationToken cancellation = default) =>
        AskAsync<ComponentAnswer>($"components/{componentId}", Query.None, cancellation);

    /// <summary>The revisions of a component, newest first.</summary>
    public Task<Listed<RevisionItem>> RevisionsAsync(Guid componentId, string? cursor = null, int take = 50, CancellationToken cancellation = default) =>
        AskAsync<Listed<RevisionItem>>($"components/{componentId}/revisions", Query.Of("cursor", cursor).With("take", take), cancellation);

    /// <summary>The content of a revision, which never changes.</summary>
    public Task<string> ContentAsync(Guid componentId, int revision, CancellationToken cancellation = default) =>
        _requests.GetTextAsync($"components/{componentId}/revisions/{revision}/content", cancellation);

    /// <summary>What differs between two revisions; what the latest one changed, where they are left out.</summary>
    public Task<RevisionDiffAnswer> RevisionDiffAsync(Guid componentId, int? from = null, int? to = null, CancellationToken cancellation = default) =>
        AskAsync<RevisionDiffAnswer>($"components/{componentId}/diff", Query.Of("from", from).With("to", to), cancellation);

    /// <summary>The Processes and Atoms a component concerns, the Processes by name.</summary>
    public Task<ImpactAnswer> ImpactAsync(Guid componentId, string? cursor = null, int take = 100, CancellationToken cancellation = default) =>
        AskAsync<ImpactAnswer>($"components/{componentId}/impact", Query.Of("cursor", cursor).With("take", take), cancellation);

    /// <summary>The components that an Atom runs at several revisions.</summary>
    public Task<Listed<SkewedComponent>> SkewAsync(Guid? componentId = null, Guid? atomId = null, string? cursor = null, int take = 100, CancellationToken cancellation = default) =>
        AskAsync<Listed<SkewedComponent>>("skew", Query.Of("component", componentId).With("atom", atomId).With("cursor", cursor).With("take", take), cancellation);
}
