using Npgsql;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Host;

/// <summary>Makes the tables and gives the rights, as their owner; or, without the owner's login, makes sure that somebody did.</summary>
internal sealed class DatabaseTables(Databases databases, DatabaseStart start, ILogger<DatabaseTables> log)
{
    public async Task MakeAsync(CancellationToken cancellation)
    {
        await using (var owner = databases.OpenOwner())
        {
            if (databases.Logins.AreApart || await DatabaseRights.MayMakeTablesAsync(owner, cancellation)) await MakeAsync(owner, cancellation);
            else await DemandAsync(owner, cancellation);
        }

        if (await DatabaseRights.MayAlterHistoryAsync(databases.Shared, cancellation))
            log.LogWarning("The login of this engine could alter history. Give the engine one of its own: eventschema/rights.sql says how");
    }

    private async Task MakeAsync(NpgsqlDataSource owner, CancellationToken cancellation)
    {
        await DatabaseSchema.CreateSchemasAsync(owner, cancellation);
        await EventStore.MakeTablesAsync(owner, ReadModelServices.ProjectReadModels);
        await DatabaseSchema.ApplyAsync(owner, cancellation);
        if (!databases.Logins.AreApart) return;
        await DatabaseRights.ApplyAsync(owner, cancellation);
        if (start.Private is not null) await DatabaseRights.AdmitAsync(owner, cancellation);
    }

    private static async Task DemandAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var missing = await DatabaseSchema.DueAsync(database, cancellation);
        if (missing.Count > 0)
        {
            throw new EngineStartException(
                $"The database lacks tables of this version ({string.Join(", ", missing)}), and the login of ConnectionStrings__Postgres may not make them. "
                + "Start once with ConnectionStrings__Owner, a login that owns the database.");
        }
    }
}
