using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>What differs between two moments of the whole account.</summary>
internal static class AuditDiffVerb
{
    public static Command Create(VerbServices services)
    {
        var from = new Option<string>("--from") { Description = "The earlier moment: a position or a time", HelpName = "moment", Required = true };
        var to = new Option<string?>("--to") { Description = "The later moment [default: now]", HelpName = "moment" };
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("diff", "Show what differs between two moments of the account", "audit diff --from 2026-11-01 --to 2026-12-01", "audit diff --from 117") { from, to, take, cursor }
            .Shows(services, async (run, ct) => await run.ShowEachAsync(
                "audit/diff", Query.None.With("from", run.Get(from)).With("to", run.Get(to)), run.Get(take), run.Get(cursor),
                difference => Show(run.Screen, difference), "Nothing differs.", ct));
    }

    private static void Show(Screen screen, Json difference)
    {
        var (before, after) = (difference["before"], difference["after"]);
        screen.Line($"{difference["kind"].Text} {(difference["name"].IsThere ? difference["name"].Text : difference["id"].Text)}: "
            + (!before.IsThere ? "new" : !after.IsThere ? "gone" : "changed"));
        foreach (var member in difference["differs"].Items.Select(member => member.Text).Where(_ => before.IsThere && after.IsThere))
            screen.Line($"    {member}: {Value(before[member])} → {Value(after[member])}");
    }

    /// <summary>Lists by the names in them, reasons in words.</summary>
    private static string Value(Json value) =>
        !value.IsThere ? "none"
        : value.Element.ValueKind != System.Text.Json.JsonValueKind.Array ? value.Text
        : string.Join(", ", value.Items.Select(item => item["code"].IsThere ? Reasons.Of(item) : item["name"].Text)) is { Length: > 0 } list ? list : "none";
}
