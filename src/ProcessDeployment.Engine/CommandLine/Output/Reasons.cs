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

    /// <summary>For a list: the first reason in few words, and how many more there are.</summary>
    public static string Short(Json reasons)
    {
        var all = reasons.Items.ToList();
        if (all.Count == 0) return "";
        var first = (all[0]["code"].Text, all[0]["name"].Text) switch
        {
            ("NeverDeployed", _) => "never deployed",
            ("ComponentDeleted", var name) => $"{name} deleted",
            ("RolledBack", var name) => $"{name} {Revisions(all[0])}, rolled back",
            ("RevisedButIdentical", var name) => $"{name} {Revisions(all[0])}, same content",
            (_, var name) => $"{name} {Revisions(all[0])}",
        };
        return all.Count == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}; {all.Count - 1} more");
    }

    private static string Revisions(Json reason) => $"{reason["deployedRevision"].Text} → {reason["latestRevision"].Text}";
}
