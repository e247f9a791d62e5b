using System.Globalization;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Packages: versions with a label. A version without one is a package too, by the name of its number, so that what is done in one way is seen in the other.</summary>
internal static class PackagedComponentObject
{
    public static readonly Column PackageId = new("process_id") { Packed = (new("process_id", ColumnKind.Id), new("version_number", ColumnKind.Number)) };

    /// <summary>What people call a version; one without a label by its number, which no label looks like: a pipeline that asks for its own must not find another.</summary>
    public const string Label = "coalesce(v.label, '#' || v.version_number)";

    /// <summary>The Process itself comes first in its manifest.</summary>
    public const string Revision = "(v.manifest -> 0 ->> 'revision')::int";

    private static readonly Source Rows = new()
    {
        Sql = $"""
            select v.process_id, v.version_number, {Revision} as revision, {Label} as label, v.deployed_by, v.deployed_at, v.note, v.withdrawn_from is not null as withdrawn
            from process_deployment.version_history v where v.account_id = $1
            """,
        Key = [new("process_id", ColumnKind.Id), new("version_number", ColumnKind.Number)],
        KeyOf = PackedId.KeyOf,
        Filters = Source.By(
            ("packageId", PackageId),
            ("componentId", new("process_id", ColumnKind.Id)),
            ("componentType", new($"'{ComponentTypes.Process}'")),
            ("componentVersion", new("revision", ColumnKind.Number)),
            ("packageVersion", new("label")),
            ("notes", new("note")),
            ("createdBy", new("deployed_by")),
            ("createdDate", new("deployed_at", ColumnKind.Time)),
            ("deleted", new("withdrawn", ColumnKind.Flag)),
            ("shareable", new("false", ColumnKind.Flag)),
            ("fullyPubliclyConsumable", new("false", ColumnKind.Flag)),
            ("branchName", new("null::text"))),
        Read = Read,
    };

    private static readonly MomentSql Highest = new(_ => """
        select coalesce(max(greatest(v.version_number, substring(v.label from '^([0-9]{1,8})(?:\.0)?$')::int)), 0)
        from process_deployment.version_history v where v.account_id = $1 and v.process_id = $3
        """);

    public static readonly PlatformObject Object = new("PackagedComponent", Privilege.BuildRead) { Source = Rows, Gets = true, Queries = true, Create = CreateAsync, Delete = DeleteAsync };

    private static WireObject Read(NpgsqlDataReader row) => new("PackagedComponent")
    {
        ["packageId"] = PackedId.Of(row.GetGuid(0), row.GetInt32(1)),
        ["componentId"] = row.GetGuid(0).ToString(),
        ["componentType"] = ComponentTypes.Process,
        ["componentVersion"] = row.GetInt32(2),
        ["packageVersion"] = row.GetString(3),
        ["createdBy"] = row.GetString(4),
        ["createdDate"] = row.Time(5),
        ["notes"] = row.Text(6),
        ["deleted"] = row.GetBoolean(7),
        ["shareable"] = false,
        ["fullyPubliclyConsumable"] = false,
    };

    /// <summary>The latest revision is packaged; another one is asked for in vain, since nobody could say later what it was made of.</summary>
    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        PlatformCall.Same(body, "componentType", ComponentTypes.Process);
        if (body.Text("packageId") is { Length: > 0 }) throw PlatformException.Malformed("packageId", "must be left out: what was deleted is not brought back");
        var processId = PlatformCall.IdIn(body, "componentId");
        var outcome = await call.SendAsync(new PackageProcess
        {
            ProcessId = processId,
            Label = body.Text("packageVersion") is { Length: > 0 } label ? label : await NextLabelAsync(call, processId),
            Note = body.Text("notes"),
            ExpectedRevision = PlatformCall.NumberIfAny(body, "componentVersion"),
        });
        return await call.GetAsync(Object, PackedId.Of(processId, await MadeAsync(call, processId, outcome)));
    }

    /// <summary>As the platform does where no version is named: one more than the highest there is.</summary>
    private static async Task<string> NextLabelAsync(PlatformCall call, Guid processId)
    {
        // A repeated request must send the same again, and there is one more by then.
        if (call.IsNamed) throw PlatformException.Malformed("packageVersion", $"is required together with {PlatformCall.IdempotencyHeader}");
        var highest = 0;
        await call.Service<PlatformReading>().AskAsync(
            call.AccountId,
            batch => batch.Query(Highest, row => highest = row.GetInt32(0), Given.Id(processId)),
            call.Cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{highest + 1}.0");
    }

    /// <summary>The number of the version that a command made.</summary>
    private static async Task<int> MadeAsync(PlatformCall call, Guid processId, Outcome outcome)
    {
        var number = 0;
        await call.Service<PlatformReading>().AskAsync(
            call.AccountId,
            batch => batch.Query(
                new(_ => "select v.version_number from process_deployment.version_history v where v.account_id = $1 and v.process_id = $3 and v.valid_from = $4"),
                row => number = row.GetInt32(0),
                Given.Id(processId),
                Given.Position(outcome.Events[0].Position)),
            call.Cancellation);
        return number;
    }

    private static Task DeleteAsync(PlatformCall call, string id)
    {
        var (processId, number) = NumberOf(id);
        return call.EndAsync(Object, id, new WithdrawVersion { ProcessId = processId, VersionNumber = number });
    }

    /// <summary>The version that an id of a package names.</summary>
    public static (Guid ProcessId, int Number) NumberOf(string id) =>
        PackedId.Read(id) is var (processId, number) && number is > 0 and <= int.MaxValue ? (processId, (int)number) : throw PlatformException.NotFound($"There is no package with the id {WireValue.Shown(id)}.");
}
