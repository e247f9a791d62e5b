using System.Globalization;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Wording;

/// <content>The engine's own work.</content>
internal static partial class Say
{
    public static string Seconds(double seconds) => seconds switch
    {
        < 1 => "less than a second",
        < 120 => Count((long)seconds, "second"),
        < 7200 => Count((long)seconds / 60, "minute"),
        _ => Count((long)seconds / 3600, "hour"),
    };

    /// <summary>How far behind something is.</summary>
    public static string Lag(long behind, double? seconds) =>
        behind <= 0 ? "up to date" : $"{Count(behind, "change")} behind{(seconds is { } age ? $", for {Seconds(age)}" : "")}";

    /// <summary>A figure of a part of the engine: <c>lagSeconds</c> 0.2 is "lag 0.2 s".</summary>
    public static string Figure(KeyValuePair<string, double> figure) => figure.Key.EndsWith("Seconds", StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"{Member(figure.Key[..^"Seconds".Length])} {figure.Value:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Member(figure.Key)} {figure.Value:N0}");

    /// <summary>What a job is, in a word.</summary>
    public static string Kind(RebuildJob job) => job.VerifyOnly ? "proof" : "rebuild";

    /// <summary>What became of a job, or what it does.</summary>
    public static string Of(RebuildJob job) => job.Status switch
    {
        "running" => $"{job.Phase}{(job.SecondsLeft is { } left ? $", about {Seconds(left)} left" : "")}{(job.Beside is { } beside ? $"; {beside}" : "")}",
        "completed" when job.Differences is 0 => job.VerifyOnly ? "proven: all as the events say" : "done, proof included",
        "completed" when job.Differences is { } rows => $"{Count(rows, "row")} not as the events say",
        "completed" => "done",
        "failed" => $"failed while {job.Phase}",
        "cancelled" => $"cancelled while {job.Phase}; what it has done is kept",
        var other => other,
    };

    /// <summary>What was wrong with a dead letter.</summary>
    public static string Status(DeadLetter letter) => letter.Status switch
    {
        "malformed" => "Malformed:",
        "unknown-account" => "For an account that does not exist:",
        "failed" when letter.IsInternal => "A message of the engine failed for good:",
        "failed" => "The engine failed it:",
        var other => $"{other}:",
    };
}
