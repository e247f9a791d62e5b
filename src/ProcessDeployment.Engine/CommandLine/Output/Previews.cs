using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.CommandLine.Output;

/// <summary>What a command would do, in words.</summary>
internal static class Previews
{
    /// <returns>The exit code the command would have.</returns>
    public static int Show(this Screen screen, ApiAnswer answer)
    {
        var preview = Problems.Checked(answer).Json;
        var outcome = preview["outcome"].Element.Deserialize<Outcome>(WireJson.Options)!;
        if (screen.IsJson) screen.Raw(answer.Body);
        else Tell(screen, preview);
        foreach (var warning in outcome.Warnings) screen.Warn($"{warning.Code}: {warning.Message}");
        if (outcome.Refusal is { } refusal)
        {
            screen.Fail($"Would be {Outcomes.Refused(refusal)[..1].ToLowerInvariant()}{Outcomes.Refused(refusal)[1..]}");
            return ExitCodes.Refused;
        }

        if (!screen.IsJson) screen.Line(outcome.Status == OutcomeStatus.Unchanged ? "There would be nothing to do." : "It would be accepted. Nothing was done.");
        return ExitCodes.Ok;
    }

    private static void Tell(Screen screen, Json preview)
    {
        if (preview["licences"].IsThere)
        {
            var table = Tables.Of("Class", "For", ">Purchased", ">Used", ">Then", ">Available then");
            foreach (var pool in preview["licences"]["pools"].Items)
            {
                table.Row(
                    pool["class"].Text, pool["classification"].Text, pool["purchased"].IsThere ? pool["purchased"].Text : "not audited",
                    pool["usedBefore"].Text, pool["usedAfter"].Text, pool["availableAfter"].Text);
            }

            screen.Show(table);
            foreach (var pair in preview["licences"]["netNew"].Items) screen.Line($"New there: {pair["name"].Text} on {pair["atomName"].Text}");
            foreach (var pair in preview["licences"]["freed"].Items) screen.Line($"Freed: {pair["name"].Text} on {pair["atomName"].Text}");
        }

        foreach (var download in preview["downloads"].Items) screen.Line($"Version {download["versionNumber"].Text} would run on {download["atomIds"].Items.Count()} Atom(s)");
        foreach (var rest in preview["suspended"].Items) screen.Line($"Would rest: {rest["description"].Text}");
        foreach (var route in preview["routes"].Items) screen.Line($"Not bundled, deploy it by itself: {route["name"].Text}");
        foreach (var parent in preview["parents"].Items) screen.Line($"Stays bold: {parent["name"].Text}, which bundles it in its version {parent["versionNumber"].Text}");
    }
}
