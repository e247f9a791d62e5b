namespace ProcessDeployment.Client;

/// <content>Questions of auditors.</content>
public sealed partial class EngineApi
{
    private const string Exports = "audit/export";

    /// <summary>A part of the audit trail, newest first, refused attempts included.</summary>
    public Task<Listed<AuditEntry>> AuditAsync(AuditFilter filter, string? cursor = null, int take = 50, CancellationToken cancellation = default) => AskAsync<Listed<AuditEntry>>(
        "audit",
        Query.Of("from", filter.From?.ToString("O")).With("to", filter.To?.ToString("O")).With("process", filter.Process).With("component", filter.Component).With("atom", filter.Atom)
            .With("actor", filter.Actor).With("type", filter.Type).With("text", filter.Text).With("cursor", cursor).With("take", take),
        cancellation);

    /// <summary>One change, with all that its event says.</summary>
    public Task<AuditedChange> AuditedChangeAsync(long position, CancellationToken cancellation = default) => AskAsync<AuditedChange>($"audit/{position}", Query.None, cancellation);

    /// <summary>The same whichever moment is looked at.</summary>
    public Task<AuditedChange> AnyChangeAsync(long position, CancellationToken cancellation = default) => AskNowAsync<AuditedChange>($"audit/{position}", Query.None, cancellation);

    /// <summary>How far the account is now, whichever moment is looked at.</summary>
    public async Task<long> HeadAsync(CancellationToken cancellation = default) => (await AskNowAsync<Listed<ProcessItem>>("processes", Query.Of("take", 1), cancellation)).Position;

    /// <summary>The last position at or before a moment.</summary>
    /// <param name="moment">A position or a time.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<long> PositionAtAsync(string moment, CancellationToken cancellation = default) =>
        (await _requests.GetAsync<Listed<AuditEntry>>($"audit{Query.Of("take", 1).With("asOf", moment)}", cancellation)).Position;

    /// <summary>The refused attempts that stand behind a change, with what was before them.</summary>
    public async Task<IReadOnlyList<AuditEntry>> AttemptsBehindAsync(long position, int take, CancellationToken cancellation = default) =>
        (await _requests.GetAsync<Listed<AuditEntry>>($"audit{Query.Of("take", take).With("asOf", position)}", cancellation)).Items;

    /// <summary>What differs between two positions of the account.</summary>
    public Task<MomentsDiff> MomentsDiffAsync(long from, long to, string? cursor = null, int take = 50, CancellationToken cancellation = default) =>
        _requests.GetAsync<MomentsDiff>($"audit/diff{Query.Of("from", from).With("to", to).With("cursor", cursor).With("take", take)}", cancellation);

    /// <summary>What became of a command.</summary>
    public Task<Contracts.Outcome> OutcomeAsync(Guid commandId, CancellationToken cancellation = default) => _requests.GetAsync<Contracts.Outcome>($"commands/{commandId}", cancellation);

    /// <summary>Has all changes of a period written with their proof; a period that was exported before is not written again.</summary>
    public Task<ExportState> StartExportAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellation = default) => _requests.PostAsync<ExportState>(
        $"{Exports}{Query.Of("from", from?.ToString("O")).With("to", to?.ToString("O"))}", Json, default, null, cancellation);

    public Task<ExportState> ExportAsync(string exportId, CancellationToken cancellation = default) => _requests.GetAsync<ExportState>($"{Exports}/{Uri.EscapeDataString(exportId)}", cancellation);

    /// <summary>What a component is called at the moment that is looked at.</summary>
    public Task<ComponentName> ComponentNameAsync(Guid componentId, CancellationToken cancellation = default) => AskAsync<ComponentName>($"components/{componentId}", Query.None, cancellation);

    public Task<AtomName> AtomNameAsync(Guid atomId, CancellationToken cancellation = default) => AskAsync<AtomName>($"atoms/{atomId}", Query.None, cancellation);

    /// <summary>The first components, Processes among them, with a part of their name.</summary>
    public async Task<IReadOnlyList<ComponentName>> ComponentsNamedAsync(string? text, CancellationToken cancellation = default) =>
        (await AskAsync<Listed<ComponentName>>("components", Query.Of("text", text).With("take", 15), cancellation)).Items;

    public async Task<IReadOnlyList<AtomName>> AtomsNamedAsync(string? text, CancellationToken cancellation = default) =>
        (await AskAsync<Listed<AtomName>>("atoms", Query.Of("text", text).With("take", 5), cancellation)).Items;
}
