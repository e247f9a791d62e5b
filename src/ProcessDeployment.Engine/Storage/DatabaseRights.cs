using System.Reflection;
using System.Security.Cryptography;
using Npgsql;

namespace ProcessDeployment.Engine.Storage;

/// <summary>Who may do what in the database: the reviewed script <c>eventschema/rights.sql</c>, and the logins of a private one.</summary>
internal static class DatabaseRights
{
    private const string AppRole = "process_deployment_app";
    private const string SealerRole = "process_deployment_sealer";

    private const string AppLogin = "process_deployment_engine";
    private const string SealerLogin = "process_deployment_seal";

    /// <summary>
    /// Logins of a private database, with new passwords at every start: nobody else uses it, so there is none to keep. The
    /// password goes as a literal, since statements about roles take no parameters; it is hexadecimal.
    /// </summary>
    public static async Task<Logins> MakeLoginsAsync(string owner, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(owner);
        var (app, sealer) = (RandomNumberGenerator.GetHexString(48, lowercase: true), RandomNumberGenerator.GetHexString(48, lowercase: true));
        await RunAsync(database, $"{Login(AppLogin, app)} {Login(SealerLogin, sealer)}", cancellation);
        return new(With(AppLogin, app), owner, With(SealerLogin, sealer));

        string With(string login, string password) => new NpgsqlConnectionStringBuilder(owner) { Username = login, Password = password }.ConnectionString;
    }

    /// <summary>Gives every role its rights; can be run again, and must be after tables were made.</summary>
    public static Task ApplyAsync(NpgsqlDataSource owner, CancellationToken cancellation) => RunAsync(owner, Script(), cancellation);

    /// <summary>Makes the logins of a private database members of the roles, which the script has made.</summary>
    public static Task AdmitAsync(NpgsqlDataSource owner, CancellationToken cancellation) =>
        RunAsync(owner, $"grant {AppRole} to {AppLogin}; grant {SealerRole} to {SealerLogin};", cancellation);

    /// <summary>Whether a login could alter history.</summary>
    public static Task<bool> MayAlterHistoryAsync(NpgsqlDataSource login, CancellationToken cancellation) => AskAsync(
        login,
        "select has_table_privilege('events.mt_events', 'UPDATE') or has_table_privilege('events.mt_events', 'DELETE') or has_table_privilege('events.mt_events', 'TRUNCATE')",
        cancellation);

    public static Task<bool> MayMakeTablesAsync(NpgsqlDataSource login, CancellationToken cancellation) =>
        AskAsync(login, "select has_database_privilege(current_database(), 'CREATE')", cancellation);

    private static string Login(string name, string password) => $"""
        do $login$ begin create role {name}; exception when duplicate_object or unique_violation then null; end $login$;
        alter role {name} login nosuperuser nocreatedb nocreaterole noreplication password '{password}';
        """;

    private static string Script()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("rights")!);
        return reader.ReadToEnd();
    }

    private static async Task<bool> AskAsync(NpgsqlDataSource login, string sql, CancellationToken cancellation)
    {
        await using var command = login.CreateCommand(sql);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
