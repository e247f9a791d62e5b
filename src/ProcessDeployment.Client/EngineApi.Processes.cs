namespace ProcessDeployment.Client;

/// <content>Questions about Processes.</content>
public sealed partial class EngineApi
{
    /// <summary>A part of the list of Processes, by number, with how many there are.</summary>
    public Task<Listed<ProcessItem>> ProcessesAsync(ProcessFilter filter, int skip, int take, CancellationToken cancellation = default) => AskAsync<Listed<ProcessItem>>(
        "processes",
        Query.Of("text", filter.Text).With("below", filter.Folder).With("revised", filter.Revised).With("environment", filter.EnvironmentId).With("skip", skip).With("take", take),
        cancellation);

    /// <summary>The folders that hold Processes.</summary>
    public Task<FoldersAnswer> FoldersAsync(CancellationToken cancellation = default) => AskAsync<FoldersAnswer>("folders", Query.None, cancellation);

    public Task<ProcessAnswer> ProcessAsync(Guid processId, CancellationToken cancellation = default) =>
        AskAsync<ProcessAnswer>($"processes/{processId}", Query.None, cancellation);

    /// <summary>The Atoms a Process is attached to, and the others.</summary>
    public Task<AttachmentsAnswer> AttachmentsAsync(Guid processId, CancellationToken cancellation = default) =>
        AskAsync<AttachmentsAnswer>($"processes/{processId}/attachments", Query.None, cancellation);

    /// <summary>The versions of a Process, newest first.</summary>
    public Task<Listed<VersionItem>> VersionsAsync(Guid processId, string? cursor = null, int take = 50, CancellationToken cancellation = default) =>
        AskAsync<Listed<VersionItem>>($"processes/{processId}/versions", Query.Of("cursor", cursor).With("take", take), cancellation);

    public Task<VersionAnswer> VersionAsync(Guid processId, int number, CancellationToken cancellation = default) =>
        AskAsync<VersionAnswer>($"processes/{processId}/versions/{number}", Query.None, cancellation);

    /// <summary>What re-deploying each version would do now, newest first.</summary>
    public Task<Listed<RehearsalItem>> RehearsalsAsync(Guid processId, string? cursor = null, int take = 50, CancellationToken cancellation = default) =>
        AskNowAsync<Listed<RehearsalItem>>($"processes/{processId}/rehearsals", Query.Of("cursor", cursor).With("take", take), cancellation);

    /// <summary>What differs between two sides: the number of a version, or <c>latest</c>; the current version and the latest revisions where left out.</summary>
    public Task<DiffAnswer> DiffAsync(Guid processId, string? from = null, string? to = null, Guid? componentId = null, CancellationToken cancellation = default) =>
        AskAsync<DiffAnswer>($"processes/{processId}/diff", Query.Of("from", from).With("to", to).With("component", componentId), cancellation);

    /// <summary>The environments, with how one Process stands in each.</summary>
    public Task<EnvironmentsAnswer> EnvironmentsAsync(Guid processId, CancellationToken cancellation = default) =>
        AskAsync<EnvironmentsAnswer>("environments", Query.Of("process", processId), cancellation);

    /// <summary>The environments, without what is in each: that can be many thousand Processes.</summary>
    public Task<EnvironmentsAnswer> EnvironmentsAsync(CancellationToken cancellation = default) => EnvironmentsAsync(Guid.Empty, cancellation);
}
