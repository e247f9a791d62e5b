using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Environments. The first one that is made here turns them on for the account; each comes after those there are.</summary>
internal static class EnvironmentObject
{
    private static readonly WireType Type = WireType.Of("Environment");
    private static readonly string[] NotKept = ["parentAccount", "parentEnvironment"];

    private static readonly Source Rows = new()
    {
        Sql = """
            select e.environment_id, e.name, e.classification, e.deleted as gone
            from process_deployment.environment_history e where e.account_id = $1 and e.valid_to is null
            """,
        Key = [new("environment_id", ColumnKind.Id)],
        KeyOf = Source.IdOf,
        KnowsGone = true,
        Filters = Source.By(("name", new("name")), ("id", new("environment_id", ColumnKind.Id)), ("classification", new("classification", Words: Type.Field("classification").Words))),
        Read = row => new WireObject(Type) { ["id"] = row.GetGuid(0).ToString(), ["name"] = row.GetString(1), ["classification"] = row.GetString(2) },
    };

    /// <summary>The place after all others; of one that was made before, the place that it was made for, so that a repeated request sends the same again.</summary>
    private static readonly MomentSql Place = new(_ => """
        select coalesce(
            (select e.place from process_deployment.environment_history e where e.account_id = $1 and e.environment_id = $3 order by e.valid_from limit 1),
            (select max(e.place) + 1 from process_deployment.environment_history e where e.account_id = $1 and e.valid_to is null and not e.deleted),
            0)
        """);

    public static readonly PlatformObject Object = new("Environment", Privilege.AtomRead)
    {
        Source = Rows,
        Gets = true,
        Queries = true,
        Create = CreateAsync,
        Update = UpdateAsync,
        Delete = (call, id) => call.EndAsync(Object!, id, new DeleteEnvironment { EnvironmentId = PlatformCall.IdOf(Object!, id) }),
    };

    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        Check(body);
        var (name, environmentId, order) = (PlatformCall.TextIn(body, "name"), call.NewId("Environment"), 0);
        await call.Service<PlatformReading>().AskAsync(call.AccountId, batch => batch.Query(Place, row => order = row.GetInt32(0), Given.Id(environmentId)), call.Cancellation);
        var create = new CreateEnvironment { EnvironmentId = environmentId, Name = name, Classification = ClassificationIn(body) ?? Classification.Production, Order = order };
        PlatformCall.Check(create);
        await call.SendAsync(new SetEnvironments { Enabled = true }, part: "environments");
        await call.SendAsync(create);
        return await call.GetAsync(Object, environmentId.ToString());
    }

    private static async Task<WireObject> UpdateAsync(PlatformCall call, string id, WireObject body)
    {
        Check(body);
        PlatformCall.Same(body, "id", id);
        await call.SendAsync(new UpdateEnvironment { EnvironmentId = PlatformCall.IdOf(Object, id), Name = PlatformCall.TextIn(body, "name"), Classification = ClassificationIn(body) });
        return await call.GetAsync(Object, id);
    }

    private static void Check(WireObject body)
    {
        if (NotKept.FirstOrDefault(field => body.Text(field) is { Length: > 0 }) is { } field) throw PlatformException.Malformed(field, "is not kept here");
    }

    private static Classification? ClassificationIn(WireObject body) => body.Text("classification") switch
    {
        null => null,
        "TEST" => Classification.Test,
        _ => Classification.Production,
    };
}
