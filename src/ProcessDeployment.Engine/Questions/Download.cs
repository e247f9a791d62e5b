using System.Text.Json.Serialization;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>How far an Atom is with the version of a Process that is effective there: three layers with three names, of which this is the last.</summary>
internal sealed record Download
{
    public const int ColumnCount = 3;

    private const string InSync = "InSync";

    /// <summary>Nothing failed, and the Atom has not got it yet.</summary>
    private const string PendingDownload = "PendingDownload";

    private const string DownloadFailed = "DownloadFailed";

    /// <summary>The version declares extensions that are set to nothing there (#35): whatever the Atom has, it cannot run it as it should.</summary>
    private const string NeedsConfiguration = "NeedsConfiguration";

    /// <summary>The version that the Atom reports it runs; null when it reported none since it was attached.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? AcknowledgedVersion { get; init; }

    /// <summary><c>InSync</c>, <c>PendingDownload</c>, <c>NeedsConfiguration</c> or <c>DownloadFailed</c>; null while nothing is deployed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Status { get; init; }

    /// <summary>Why the download failed, as the Atom says.</summary>
    public string? Message { get; init; }

    /// <summary>Of <c>d</c> and <c>lacks</c>, which <see cref="Join"/> joins, beside the version that is current there.</summary>
    public static string Columns(string version) => $"""
        d.acknowledged_version, case
            when {version} is null then null
            when d.failed and d.version_number = {version} then '{DownloadFailed}'
            when lacks.anything then '{NeedsConfiguration}'
            when d.acknowledged_version = {version} then '{InSync}'
            else '{PendingDownload}' end, case when d.failed and d.version_number = {version} then d.message end
        """;

    /// <summary>
    /// The last report about an attachment <c>t</c>, where what was reported before it was attached does not count, and whether
    /// the version <c>v</c> lacks values there.
    /// </summary>
    public static string Join(Moment at) => $"""
        left join process_deployment.download d
            on d.account_id = $1 and d.process_id = t.process_id and d.atom_id = t.atom_id and d.valid_from > t.valid_from and {at.Holds("d")}
        cross join lateral (select coalesce(v.extensions, '[]') <> '[]' and exists (
            select from jsonb_array_elements(v.extensions) x where not exists (
                select from process_deployment.extension_value e
                where e.account_id = $1 and e.process_id = t.process_id and e.atom_id = t.atom_id and e.key = x ->> 'key' and {at.Holds("e")})) as anything) lacks
        """;

    public static Download Read(NpgsqlDataReader row, int first) => new() { AcknowledgedVersion = row.Number(first), Status = row.Text(first + 1), Message = row.Text(first + 2) };
}
