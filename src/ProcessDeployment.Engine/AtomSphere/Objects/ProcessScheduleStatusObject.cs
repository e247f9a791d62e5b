using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Whether the schedules of a Process on an Atom are at work: neither stopped by somebody nor suspended. Those that nobody set are, and cannot be stopped.</summary>
internal static class ProcessScheduleStatusObject
{
    private static readonly Source Rows = new()
    {
        Sql = $"""
            select a.process_id, a.atom_id, coalesce((
                select s.status = 'enabled' from process_deployment.schedule_status s
                where s.account_id = a.account_id and s.process_id = a.process_id and s.atom_id = a.atom_id and s.valid_to is null), true) as enabled
            {ScheduledPair.From}
            """,
        Key = ScheduledPair.Key,
        KeyOf = PairId.KeyOf,
        Filters = ScheduledPair.Filters,
        Read = row =>
        {
            var read = ScheduledPair.Read(row, "ProcessScheduleStatus");
            read["enabled"] = row.GetBoolean(2);
            return read;
        },
    };

    public static readonly PlatformObject Object = new("ProcessScheduleStatus", Privilege.AtomRead) { Source = Rows, Gets = true, Queries = true, Update = UpdateAsync };

    private static async Task<WireObject> UpdateAsync(PlatformCall call, string id, WireObject body)
    {
        var (processId, atomId) = ScheduledPair.Of(Object, id, body);
        var enabled = body.Flag("enabled") ?? throw PlatformException.Malformed("enabled", "is required, true or false");
        await call.SendAsync(enabled ? new ResumeSchedules { ProcessId = processId, AtomId = atomId } : new StopSchedules { ProcessId = processId, AtomId = atomId });
        return await call.GetAsync(Object, id);
    }
}
