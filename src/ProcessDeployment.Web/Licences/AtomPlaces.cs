using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Licences;

/// <summary>Where Processes are attached: to Atoms, or to environments, which bring them to all Atoms in them.</summary>
/// <param name="Names">The Atoms by id.</param>
/// <param name="Environments">The environment of each Atom, where the account uses them.</param>
internal sealed record AtomPlaces(IReadOnlyDictionary<Guid, string> Names, IReadOnlyDictionary<Guid, EnvironmentItem> Environments)
{
    public string NameOf(Guid atomId) => Names.GetValueOrDefault(atomId) ?? "an Atom";

    public (Guid Id, string Name) Of(Guid atomId) => Environments.GetValueOrDefault(atomId) is { } environment ? (environment.EnvironmentId, environment.Name) : (atomId, NameOf(atomId));

    /// <summary>Asks for them; only the Atoms in question are kept.</summary>
    public static async Task<AtomPlaces> LoadAsync(EngineApi api, IReadOnlySet<Guid> atomIds, CancellationToken cancellation)
    {
        var (names, next) = (new Dictionary<Guid, string>(), (string?)null);
        do
        {
            var page = await api.AtomNamesAsync(next, cancellation: cancellation);
            foreach (var atom in page.Items.Where(atom => atomIds.Contains(atom.AtomId))) names[atom.AtomId] = atom.Name;
            next = page.Next;
        }
        while (next is not null && names.Count < atomIds.Count);
        var environments = await api.EnvironmentsAsync(cancellation);
        return new(names, environments.Enabled ? environments.Items.SelectMany(environment => environment.Atoms.Select(atom => (atom.AtomId, environment))).ToDictionary(pair => pair.AtomId, pair => pair.environment) : new Dictionary<Guid, EnvironmentItem>());
    }
}
