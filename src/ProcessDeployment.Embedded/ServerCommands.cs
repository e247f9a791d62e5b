namespace ProcessDeployment.Embedded;

/// <summary>
/// Runs PostgreSQL's programs in the data folder, as the user they may run as. The cluster is named relative to that
/// folder: pg_ctl hands names to a shell, so a folder of the user with a quote or a dollar in its name would break it.
/// </summary>
internal sealed class ServerCommands(ServerPrograms programs, ServiceUser? user, DataFolder folder)
{
    public ServerPrograms Programs => programs;

    public Task<ProgramResult> InitDbAsync(IEnumerable<string> arguments, CancellationToken ct) =>
        RunAsync(programs.InitDb, arguments, leavesChildren: false, ct);

    public Task<ProgramResult> StartAsync(TimeSpan patience, CancellationToken ct) => RunAsync(programs.PgCtl,
        ["start", "-D", DataFolder.ClusterName, "-w", "-t", Seconds(patience), "-s", "-l", StartLog, "-o", $"-c config_file={DataFolder.SettingsName}"],
        leavesChildren: true, ct);

    public Task<ProgramResult> StopAsync(TimeSpan patience, CancellationToken ct) => RunAsync(programs.PgCtl,
        ["stop", "-D", DataFolder.ClusterName, "-m", "fast", "-w", "-t", Seconds(patience), "-s"], leavesChildren: false, ct);

    /// <summary>Holds what the server says before its own log is open.</summary>
    public const string StartLog = DataFolder.ClusterName + "/start.log";

    private async Task<ProgramResult> RunAsync(string program, IEnumerable<string> arguments, bool leavesChildren, CancellationToken ct)
    {
        var result = user is null
            ? await ExternalProgram.RunAsync(program, arguments, folder.Root, ct, leavesChildren)
            : await ExternalProgram.RunAsync("setpriv", user.Wrap(program, arguments), folder.Root, ct, leavesChildren);
        if (user is not null && result is { Succeeded: false } && result.Output.Contains("setpriv: failed to execute", StringComparison.Ordinal))
            throw new PrivatePostgresException(
                $"PostgreSQL refuses to run as root and is started as '{user.Name}', but that user cannot run {program}. "
                + "Open its folder and the folders above it (chmod a+x), or name other programs with PROCESSDEPLOYMENT_PG_BIN.");
        return result ?? throw new PrivatePostgresException($"The program {program} has disappeared or cannot be run. Install PostgreSQL anew.");
    }

    private static string Seconds(TimeSpan time) => ((int)Math.Ceiling(time.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
