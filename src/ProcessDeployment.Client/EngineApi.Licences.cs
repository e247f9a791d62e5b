namespace ProcessDeployment.Client;

/// <content>Questions about connection licences.</content>
public sealed partial class EngineApi
{
    /// <summary>The pools, and who holds each connection.</summary>
    public Task<LicencesAnswer> LicencesAsync(CancellationToken cancellation = default) => AskAsync<LicencesAnswer>("licences", Query.None, cancellation);

    /// <summary>The names of the live Atoms, by name.</summary>
    public Task<Listed<AtomName>> AtomNamesAsync(string? cursor = null, int take = 500, CancellationToken cancellation = default) =>
        AskAsync<Listed<AtomName>>("atoms", Query.Of("cursor", cursor).With("take", take), cancellation);
}
