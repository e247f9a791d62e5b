using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>The account of the caller, the only one he sees, with its licences.</summary>
internal static class AccountObject
{
    private static readonly Source Rows = new()
    {
        Sql = """
            select a.account_id, a.created_at, 'active' as status, exists (
                    select from process_deployment.licence_pool p where p.account_id = $1 and p.used > p.purchased) as over_deployed,
                (select jsonb_agg(jsonb_build_object('class', p.class, 'classification', p.classification, 'purchased', p.purchased, 'used', p.used))
                 from process_deployment.licence_pool p where p.account_id = $1) as pools
            from process_deployment.account a where a.account_id = $1
            """,
        Key = [new("account_id")],
        KeyOf = id => Contracts.AccountIds.IsWellFormed(id) ? [id] : null,
        Filters = Source.By(
            ("ACCOUNTID", new("account_id")),
            ("DATECREATED", new("created_at", ColumnKind.Time)),
            ("EXPIRATIONDATE", new("null::timestamptz", ColumnKind.Time)),
            ("NAME", new("account_id")),
            ("STATUS", new("status", Words: WireType.Of("Account").Field("status").Words)),
            ("WIDGETACCOUNT", new("false", ColumnKind.Flag)),
            ("OVERDEPLOYED", new("over_deployed", ColumnKind.Flag))),
        Read = row => new WireObject("Account")
        {
            ["accountId"] = row.GetString(0),
            ["name"] = row.GetString(0),
            ["dateCreated"] = WireValue.Write(row.Time(1)),
            ["status"] = row.GetString(2),
            ["overDeployed"] = row.GetBoolean(3),
            ["widgetAccount"] = false,
            ["supportAccess"] = false,
            ["suggestionsEnabled"] = false,
            ["licensing"] = Licensing(row),
        },
    };

    public static readonly PlatformObject Object = new("Account", Privilege.LicenceRead) { Source = Rows, Gets = true, Queries = true };

    /// <summary>All eight pools; one that was never set has no count of purchased ones.</summary>
    private static WireObject Licensing(NpgsqlDataReader row)
    {
        var licensing = new WireObject("Licensing");
        foreach (var field in licensing.Type.Fields) licensing[field.Name] = new WireObject("License") { ["used"] = 0 };
        foreach (var pool in row.List<Pool>(4))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(pool.Class) + (pool.Classification == "Test" ? "Test" : "");
            licensing[name] = new WireObject("License") { ["purchased"] = pool.Purchased, ["used"] = pool.Used };
        }

        return licensing;
    }

    private sealed record Pool(string Class, string Classification, int? Purchased, int Used);
}
