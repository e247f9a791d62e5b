namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>
/// A history told as commands, which the domain judges: it could have happened. Ids and times are made up and always the same.
/// It is needed once, to write the files; what became of it then stays, whatever the domain would decide later.
/// </summary>
/// <param name="Name">That of the files.</param>
/// <param name="Tell">Sends the commands.</param>
internal sealed record ToldHistory(string Name, Action<Teller> Tell)
{
    public static IReadOnlyList<ToldHistory> All { get; } =
    [
        new("0001-components-and-deployments", ComponentsAndDeployments.Tell),
        new("0002-environments", UseOfEnvironments.Tell),
        new("0003-environments-given-up", UseOfEnvironments.TellOfGivingUp),
        new("0004-schedules-and-executions", SchedulesAndExecutions.Tell),
        new("0005-access", WhoMayDoWhat.Tell),
        new("0006-operations", WorkOnTheRecords.Tell),
        new("0007-packages", Packages.Tell),
        new("0008-listeners", Listeners.Tell),
        new("0009-moves", Moves.Tell),
    ];

    public IReadOnlyList<StoredLine> Lines()
    {
        var teller = new Teller();
        Tell(teller);
        return teller.Lines;
    }
}
