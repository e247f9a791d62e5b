using System.Globalization;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.CommandLine.Output;

/// <summary>Why a Process is bold, in words.</summary>
internal static class Reasons
{
    public static string Of(Json reason) => (reason["code"].Text, reason["name"].Text) switch
    {
        ("NeverDeployed", _) => "never deployed",
        ("ComponentDeleted", var name) => $"{name} was deleted",
        ("RolledBack", var name) => $"{name} was rolled back ({Revisions(reason)})",
        ("RevisedButIdentical", var name) => $"{name} was saved again, same content ({Revisions(reason)})",
        ("Revised", var name) => $"{name} was revised ({Revisions(reason)})",
        var (code, name) => $"{name}: {code}",
    };

    /// <summary>The first reasons, and how many more there are.</summary>
    public static string Short(Json reasons, int most = 2)
    {
        var all = reasons.Items.Select(Of).ToList();
        return string.Join("; ", all.Take(most)) + (all.Count > most ? string.Create(CultureInfo.InvariantCulture, $"; and {all.Count - most} more") : "");
    }

    private static string Revisions(Json reason) => $"{reason["deployedRevision"].Text} → {reason["latestRevision"].Text}";
}
