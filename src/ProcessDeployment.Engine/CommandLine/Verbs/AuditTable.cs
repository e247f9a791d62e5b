using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;
using Spectre.Console;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Entries of the audit trail as a table.</summary>
internal static class AuditTable
{
    public static Table Create() => Tables.Of(">Position", "When", "Who", "What");

    public static void Add(Table table, Json entry) => table.Row(
        entry["position"].Text,
        (entry["time"].IsThere ? entry["time"] : entry["at"]).Time,
        entry["actor"].Text,
        $"{entry["name"].Text} {entry["summary"].Text}".Trim() + (entry["reason"].IsThere ? $" — {entry["reason"].Text}" : ""));
}
