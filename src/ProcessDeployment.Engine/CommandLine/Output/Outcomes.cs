using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.CommandLine.Output;

/// <summary>What became of a command, in words; a refusal with the rule and the way out.</summary>
internal static class Outcomes
{
    private static readonly Dictionary<string, string> WaysOut = new(StringComparer.Ordinal)
    {
        [RefusalCodes.LicenceExceeded] = "licences shows who holds what: detach what is not needed there, or raise the purchase with set-licences.",
        [RefusalCodes.MissingComponent] = "Save or restore the component, or take the reference out, then deploy again.",
        [RefusalCodes.ReferenceCycle] = "Take one of these references out; a call that need not be bundled can be an independent reference (a Process Route).",
        [RefusalCodes.ComponentDeleted] = "Send restore-component first.",
        [RefusalCodes.StillDeployed] = "Detach it from its Atoms first.",
        [RefusalCodes.AtomInUse] = "Detach its Processes first, or delete it by force.",
        [RefusalCodes.ExpectedRevision] = "Somebody saved it meanwhile: look at it again, then deploy.",
        [RefusalCodes.ExpectedVersion] = "Somebody deployed meanwhile: look at its versions, then decide.",
        [RefusalCodes.NoSuchVersion] = "versions lists what there is.",
        [RefusalCodes.UnknownAccount] = "Make it with accounts add.",
        [RefusalCodes.CommandIdReused] = "Send it with a new id.",
    };

    /// <returns>The exit code.</returns>
    public static int Show(this Screen screen, Outcome outcome, string body, string done)
    {
        if (screen.IsJson) screen.Raw(body);
        if (outcome.Refusal is { } refusal)
        {
            screen.Fail(Refused(refusal));
            return ExitCodes.Refused;
        }

        foreach (var warning in outcome.Warnings) screen.Warn($"{warning.Code}: {warning.Message}");
        if (screen.IsJson) return ExitCodes.Ok;
        screen.Line(outcome.Status == OutcomeStatus.Unchanged ? "Nothing to do: it is so already." : $"{done} (position {outcome.Position}{(outcome.Replayed ? ", done before" : "")})");
        foreach (var line in Lines(outcome.Receipt ?? [])) screen.Line(line);
        return ExitCodes.Ok;
    }

    /// <summary>What an attachment that began or ended took, gave back and put to rest.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ReceiptItem> receipt)
    {
        var (taken, freed) = (receipt.Sum(item => item.LicencesTaken.Count), receipt.Sum(item => item.LicencesFreed.Count));
        if (taken + freed > 0) yield return $"Connection licences: {taken} taken, {freed} given back.";
        foreach (var rests in receipt.SelectMany(item => item.Suspended)) yield return $"Rests until resumed: {rests.Kind} {rests.Description} ({rests.Reason}).";
    }

    public static string Refused(RefusalAnswer refusal) =>
        $"Refused ({refusal.Code}): {refusal.Message}{(WaysOut.TryGetValue(refusal.Code, out var way) ? $"\n{way}" : "")}";
}
