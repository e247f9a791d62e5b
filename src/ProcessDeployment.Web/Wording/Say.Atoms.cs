using System.Globalization;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Wording;

/// <content>Of Atoms and what runs there.</content>
internal static partial class Say
{
    /// <summary>How an Atom is, as it says itself.</summary>
    public static string OfAtom(string status) => status switch
    {
        "ONLINE" => "online",
        "WARNING" => "online, with a warning",
        "OFFLINE" => "offline",
        "UNKNOWN" => "not heard of yet",
        var other => other,
    };

    public static string OfType(string type) => type switch
    {
        "ATOM" => "Atom",
        "MOLECULE" => "Molecule",
        "CLOUD" => "Cloud",
        var other => other,
    };

    public static string Of(AtomType of) => of switch
    {
        AtomType.Atom => "Atom, a single runtime",
        AtomType.Molecule => "Molecule, a cluster that acts as one",
        AtomType.Cloud => "Cloud, shared and hosted",
        _ => of.ToString(),
    };

    public static string Of(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Requested => "waiting for the Atom",
        ExecutionStatus.Started => "running",
        ExecutionStatus.Complete => "complete",
        ExecutionStatus.CompleteWarn => "complete, with warnings",
        ExecutionStatus.Error => "failed",
        ExecutionStatus.Aborted => "ended early",
        ExecutionStatus.Discarded => "discarded: another was under way",
        _ => status.ToString(),
    };

    /// <summary>Why it ran.</summary>
    public static string Of(ExecutionKind kind) => kind switch
    {
        ExecutionKind.Manual => "by hand",
        ExecutionKind.Scheduled => "by its schedule",
        ExecutionKind.Retry => "to try again",
        ExecutionKind.SubProcess => "called by another",
        _ => kind.ToString(),
    };

    /// <summary>Whether schedules are at work, and why not.</summary>
    public static string Of(ScheduleList schedules) => (schedules.Schedules.Count, schedules.Status, schedules.SuspendedFor) switch
    {
        (0, _, _) => "never runs by schedule",
        (_, ScheduleStatus.Enabled, _) => "at work",
        (_, ScheduleStatus.Stopped, _) => "stopped",
        (_, _, SuspensionReason.Detached) => "suspended, since the Process was detached from this Atom",
        (_, _, SuspensionReason.StartStepChanged) => "suspended, since a version was deployed that starts on incoming requests",
        _ => "suspended",
    };

    public static string Of(ExtensionItem extension) => extension.Status switch
    {
        ExtensionItem.IsSet => extension.Secret ? "set" : extension.Value ?? "",
        ExtensionItem.UsesDefault => "the Process's own value",
        ExtensionItem.NeedsValue => "needs a value",
        var other => other,
    };

    /// <summary>How long something took, to what a person cares for.</summary>
    public static string Of(TimeSpan took) => took switch
    {
        { TotalSeconds: < 1 } => "under a second",
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{took.Minutes} min {took.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)took.TotalHours} h {took.Minutes} min"),
    };
}
