using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;
using Spectre.Console;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Entries of the audit trail as a table.</summary>
internal static class AuditTable
{
    public static Table Create() => Tables.Of(">Position", "When", "Who", "What");

    /// <summary>Refused attempts stand out.</summary>
    public static void Add(Table table, Json entry)
    {
        string[] cells =
        [
            entry["position"].Text, entry["time"].Time, entry["actor"].Text,
            $"{entry["name"].Text} {entry["summary"].Text}".Trim() + (entry["reason"].IsThere ? $" — {entry["reason"].Text}" : ""),
        ];
        if (entry["outcome"].Text == "refused") table.BoldRow(cells);
        else table.Row(cells);
    }
}
