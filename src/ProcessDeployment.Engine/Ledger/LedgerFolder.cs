using Npgsql;
using ProcessDeployment.Embedded;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Ledger;

/// <summary>Where the ledger is outside the database: its key and its published checkpoints. A database has a folder of its own.</summary>
internal sealed class LedgerFolder(EngineOptions options)
{
    public string Path { get; } = options.LedgerFolder ?? (options.Postgres is null
        ? System.IO.Path.Combine(DataFolder(options), "ledger")
        : System.IO.Path.Combine($"{DataFolder(options)}-ledger", NameOf(options.Postgres)));

    private static string DataFolder(EngineOptions options) => System.IO.Path.GetFullPath(options.DataFolder ?? PrivatePostgres.DefaultDataFolder());

    private static string NameOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return string.Concat($"{settings.Host}-{settings.Port}-{settings.Database}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
    }
}
