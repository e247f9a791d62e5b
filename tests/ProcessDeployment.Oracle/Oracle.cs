namespace ProcessDeployment.Testing;

/// <summary>
/// A second, independent reading of the events: what the questions must answer, folded in memory without the state of
/// the domain and without SQL. For a moment of the past, pass only the events up to it.
/// </summary>
public static class Oracle
{
    public static AccountPicture Fold(IEnumerable<RecordedEvent> events)
    {
        var facts = new Facts();
        foreach (var recorded in events) facts.Note(recorded);
        var processes = facts.Components.Values
            .Where(component => !component.Deleted && string.Equals(component.ComponentType, "process", StringComparison.Ordinal))
            .Select(component => Processes.Item(component, facts))
            .OrderBy(process => process.ProcessId)
            .ToDictionary(process => process.ProcessId);

        return new()
        {
            Position = facts.Position,
            Mode = facts.Mode,
            Processes = processes,
            Versions = facts.Histories.ToDictionary(history => history.Key, history => Processes.Versions(history.Value, facts)),
            Deployments = facts.Atoms.Values
                .Where(atom => !atom.Deleted)
                .ToDictionary(atom => atom.AtomId, atom => Processes.On(atom.AtomId, processes.Values, facts)),
            Pools = Licences.Pools(facts),
            Exempt = Licences.Exempt(facts),
            Components = facts.Components,
            Atoms = facts.Atoms,
            UsesEnvironments = facts.UsesEnvironments,
            CurrentIn = facts.CurrentIn.ToDictionary(current => current.Key, current => current.Value.Deployed.VersionNumber),
            Environments = facts.Environments.ToDictionary(environment => environment.Key, environment => environment.Value with
            {
                Atoms = [.. facts.EnvironmentOf.Where(atom => atom.Value == environment.Key).Select(atom => atom.Key).Order()],
                Processes = [.. facts.ProcessesIn.Where(process => process.EnvironmentId == environment.Key).OrderBy(process => process.ProcessId)
                    .Select(process => (process.ProcessId, facts.CurrentIn.GetValueOrDefault(process)?.Deployed.VersionNumber))],
            }),
            Audit = facts.Audit,
        };
    }
}
