namespace ProcessDeployment.Testing;

/// <summary>
/// A second, independent reading of the events: what the questions must answer, folded in memory without the state of
/// the domain and without SQL. For a moment of the past, pass only the events up to it.
/// </summary>
public static class Oracle
{
    public static AccountPicture Fold(IEnumerable<RecordedEvent> events)
    {
        var ledger = new Ledger();
        foreach (var recorded in events) ledger.Note(recorded);
        var processes = ledger.Components.Values
            .Where(component => !component.Deleted && string.Equals(component.ComponentType, "process", StringComparison.Ordinal))
            .Select(component => Processes.Item(component, ledger))
            .OrderBy(process => process.ProcessId)
            .ToDictionary(process => process.ProcessId);

        return new()
        {
            Position = ledger.Position,
            Mode = ledger.Mode,
            Processes = processes,
            Versions = ledger.Histories.ToDictionary(history => history.Key, history => Processes.Versions(history.Value)),
            Deployments = ledger.Atoms.Values
                .Where(atom => !atom.Deleted)
                .ToDictionary(atom => atom.AtomId, atom => Processes.On(atom.AtomId, processes.Values, ledger)),
            Pools = Licences.Pools(ledger),
            Exempt = Licences.Exempt(ledger),
            Components = ledger.Components,
            Atoms = ledger.Atoms,
            Audit = ledger.Audit,
        };
    }
}
