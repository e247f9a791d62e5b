using System.Globalization;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Wording;

/// <summary>What the engine answers, in the words of people.</summary>
internal static partial class Say
{
    /// <summary>Why a Process is bold, in one sentence.</summary>
    public static string Of(Reason reason) => reason.Code switch
    {
        Reason.NeverDeployed => "It was never deployed",
        Reason.ComponentDeleted => $"{reason.Name} was deleted",
        Reason.RolledBack => $"{reason.Name} was rolled back ({Revisions(reason)})",
        Reason.RevisedButIdentical => $"{reason.Name} was saved again with the same content ({Revisions(reason)})",
        Reason.Revised => $"{reason.Name} was revised ({Revisions(reason)})",
        _ => $"{reason.Name}: {reason.Code}",
    };

    /// <summary>All reasons with by whom and when, one a line; null when there is none.</summary>
    public static string? Of(IReadOnlyList<Reason> reasons) => reasons.Count == 0 ? null : string.Join('\n', reasons.Select(reason => $"{Of(reason)}, by {reason.By}, {Time(reason.At)}"));

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Count(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? $"{one}s")}");

    public static string Of(ConnectorClass of) => of switch
    {
        ConnectorClass.Standard => "Standard",
        ConnectorClass.SmallBusiness => "Small Business",
        ConnectorClass.Enterprise => "Enterprise",
        ConnectorClass.TradingPartner => "Trading Partner",
        _ => of.ToString(),
    };

    /// <summary>How far an Atom is with what runs there.</summary>
    public static string Of(Download download) => download.Status switch
    {
        null => "nothing deployed",
        "InSync" => "downloaded",
        "PendingDownload" when download.AcknowledgedVersion is { } older => string.Create(CultureInfo.InvariantCulture, $"waiting for the download, runs version {older}"),
        "PendingDownload" => "waiting for the download",
        "NeedsConfiguration" => "needs values for its extensions",
        "DownloadFailed" => $"download failed{(download.Message is { } why ? $": {why}" : "")}",
        var other => other,
    };

    /// <summary>What a deployment took and gave back.</summary>
    public static string Of(LicencesMoved licences) =>
        string.Join(", ", new[] { (licences.Taken, "taken"), (licences.Freed, "given back") }.Where(part => part.Item1 > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2}")));

    public static string Of(VersionChanges? changes)
    {
        if (changes is null) return "";
        var parts = new[] { (changes.Added, "added"), (changes.Changed, "changed"), (changes.Removed, "removed") }.Where(part => part.Item1 > 0).ToList();
        return parts.Count == 0 ? "nothing" : string.Join(", ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2}")));
    }

    private static string Revisions(Reason reason) => string.Create(CultureInfo.InvariantCulture, $"revision {reason.DeployedRevision} → {reason.LatestRevision}");
}
