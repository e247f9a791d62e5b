using System.Text.Json;
using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>An event in the words of the lists. Where <see cref="ListsAtoms"/> says so, the names of Atoms come between the two parts.</summary>
internal sealed record EventWords(string Before)
{
    private const string Begin = "processdeployment.";
    private const string End = ".v1";

    /// <summary>How the words of an event begin that nobody could read.</summary>
    public const string PassedOver = "could not be read and was passed over";

    /// <summary>What it happened to, where the event says it.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<string> AtomIds { get; init; } = [];

    public bool ListsAtoms { get; init; }

    public string Rest { get; init; } = "";

    /// <summary>Set for a deployment, whose words come from it.</summary>
    public Deployment? Deployed { get; init; }

    /// <summary>Null for a type that this program does not know.</summary>
    public static EventWords? Of(string type, JsonElement data)
    {
        if (!type.StartsWith(Begin, StringComparison.Ordinal) || !type.EndsWith(End, StringComparison.Ordinal)) return null;
        return type[Begin.Length..^End.Length] switch
        {
            "component-deleted" => new($"deleted at revision {data.Raw("revision")}"),
            "component-restored" => new($"restored at revision {data.Raw("revision")}"),
            "atom-registered" => new("registered") { Name = data.Need("name"), AtomIds = [data.Need("atomId")] },
            "atom-renamed" => new($"renamed to {data.Need("name")}") { Name = data.Need("name"), AtomIds = [data.Need("atomId")] },
            "atom-status-changed" => new($"reported itself {data.Need("status")}, before {data.Need("formerStatus")}") { AtomIds = [data.Need("atomId")] },
            "atom-token-issued" => new($"token {data.Need("tokenId")} issued{(data.Said("expiresAt") is { } end ? $", good until {end}" : "")}") { AtomIds = [data.Need("atomId")] },
            "atom-token-revoked" => new($"token {data.Need("tokenId")} revoked") { AtomIds = [data.Need("atomId")] },
            "atom-deleted" => new("deleted") { AtomIds = [data.Need("atomId")] },
            "licences-purchased" => new($"{data.Said("class")}: {string.Join(", ", Counts(data))} purchased") { Name = "Licences" },
            "licence-enforcement-changed" => new($"enforcement set to {data.Said("mode")}") { Name = "Licences" },
            "environments-enabled" => new("environments turned on") { Name = "Environments" },
            "environments-disabled" => new("environments turned off") { Name = "Environments" },
            "atom-attached-to-environment" => new($"attached to environment {data.Need("environmentName")}{(data.Said("formerEnvironmentName") is { } former ? $", which it left {former} for" : "")}") { AtomIds = [data.Need("atomId")] },
            "atom-detached-from-environment" => new($"detached from environment {data.Need("environmentName")}") { AtomIds = [data.Need("atomId")] },
            "environment-attachment-refused" => new($"attaching to environment {data.Need("environmentId")} refused: {data.Said("message")}") { AtomIds = [data.Need("atomId")] },
            "process-attached-to-environment" => new($"attached to environment {data.Need("environmentName")}{(data.Raw("effectiveVersion") is { } effective ? $", where version {effective} is current" : "")}"),
            "process-detached-from-environment" => new($"detached from environment {data.Need("environmentName")}"),
            "version-promoted" => Promotion(data),
            "promotion-refused" => new($"promoting version {data.Raw("targetVersion")} to environment {data.Need("environmentId")} refused: {data.Said("message")}"),
            "environment-created" => new($"created for {data.Said("classification")} at place {data.Raw("order")}") { Name = data.Need("name") },
            "environment-updated" => new($"updated: {data.Need("name")} at place {data.Raw("order")}") { Name = data.Need("name") },
            "environment-deleted" => new("deleted") { Name = data.Need("name") },
            "atom-attached" => Listing("attached to ", [data.Need("atomId")], data.Raw("effectiveVersion") is { } version ? $", where version {version} became effective" : ""),
            "atom-detached" => Listing("detached from ", [data.Need("atomId")], data.Raw("formerVersion") is { } version ? $", where version {version} was effective" : ""),
            "version-deployed" => Deployment(EventData.DeploymentOf(data)),
            "version-labelled" => new($"version {data.Raw("versionNumber")} labelled {data.Need("label")}"),
            "version-withdrawn" => new($"version {data.Raw("versionNumber")} withdrawn"),
            "version-downloaded" => Listing($"version {data.Raw("versionNumber")} downloaded by ", [data.Need("atomId")], ""),
            "download-failed" => Listing(
                $"version {data.Raw("versionNumber")} not downloaded by ", [data.Need("atomId")], $"{(data.Raw("acknowledgedVersion") is { } number ? $", which goes on with version {number}" : "")}{(data.Said("message") is { } said ? $": {said}" : "")}"),
            "extension-values-set" => Listing("extensions set on ", [data.Need("atomId")], $": {string.Join(", ", data.GetProperty("values").EnumerateArray().Select(Setting).Concat(data.Texts("cleared").Select(key => $"{key} taken away")))}"),
            "schedules-set" => Listing($"{data.GetProperty("schedules").GetArrayLength()} schedules set on ", [data.Need("atomId")], data.Need("status") is var status and not "enabled" ? $", {status}" : ""),
            "schedules-stopped" => Listing("schedules stopped on ", [data.Need("atomId")], ""),
            "schedules-suspended" => Listing($"{data.Raw("count")} schedules suspended on ", [data.Need("atomId")], $": {data.Need("suspendedFor")}"),
            "schedules-resumed" => Listing("schedules resumed on ", [data.Need("atomId")], ""),
            "listener-paused" => Listing("listener paused on ", [data.Need("atomId")], ""),
            "listener-resumed" => Listing("listener resumed on ", [data.Need("atomId")], ""),
            "listener-restarted" => Listing("listener restarted on ", [data.Need("atomId")], ""),
            "runs-missed" => Listing($"{data.Raw("count")} runs missed on ", [data.Need("atomId")], $": {data.Need("missedFor")}"),
            "execution-requested" => Listing($"execution of version {data.Raw("versionNumber")} requested on ", [data.Need("atomId")], data.Need("kind") is var kind and not "manual" ? $", {kind}" : ""),
            "execution-started" => Listing($"execution of version {data.Raw("versionNumber")} started on ", [data.Need("atomId")], data.Said("parentExecutionId") is { } parent ? $", called by execution {parent}" : ""),
            "execution-cancel-requested" => Listing("cancelling an execution requested on ", [data.Need("atomId")], ""),
            "retry-awaited" => Listing("execution on ", [data.Need("atomId")], $" is tried again, retry {data.Raw("attempt")}"),
            "execution-completed" => Listing("execution on ", [data.Need("atomId")], $" ended as {data.Need("status")}{(data.Said("message") is { } message ? $": {message}" : "")}"),
            "webhook-set" => new($"webhook set to send {string.Join(", ", data.Texts("eventTypes"))} to {Address(data.Need("url"))}{(data.Raw("enabled") == "true" ? "" : ", switched off")}{(data.Raw("secretChanged") == "true" ? ", secret changed" : "")}") { Name = "Webhooks" },
            "webhook-deleted" => new($"webhook {data.Need("webhookId")} deleted") { Name = "Webhooks" },
            "role-set" => Access($"role {data.Need("role")} set to {string.Join(", ", data.Texts("privileges"))}"),
            "role-deleted" => Access($"role {data.Need("role")} deleted"),
            "member-set" => Access($"{data.Need("member")} has the roles {Roles(data)}"),
            "member-removed" => Access($"{data.Need("member")} has no roles any more"),
            "api-key-issued" => Access($"key {data.Need("keyId")} issued for {data.Need("name")} with the roles {Roles(data)}{(data.Said("expiresAt") is { } end ? $", good until {end}" : "")}"),
            "api-key-revoked" => Access($"key {data.Need("keyId")} of {data.Need("name")} revoked"),
            "producer-registered" => Access($"producer {data.Need("name")} registered{(data.Said("login") is { } login ? $", as {login}" : "")}{(data.Said("publicKey") is null ? "" : ", with a key")}{(Some(data, "commandTypes") is { } types ? $", for {types}" : "")}"),
            "producer-removed" => Access($"producer {data.Need("name")} removed"),
            "change-rules-set" => Access($"rules of changes set: reason {data.Need("reasonRequired")}{(data.Raw("reviserMayNotDeploy") == "true" ? ", no deploying by whoever revised" : "")}{(data.Raw("productionAfterTest") == "true" ? ", production only after test" : "")}{(data.Raw("signedOnly") == "true" ? ", signed commands only" : "")}"),
            "freeze-set" => Access($"freeze {data.Need("name")} set from {data.Need("from")} until {data.Need("until")}{(Some(data, "environmentIds") is { } ids ? $" in {ids}" : "")}"),
            "freeze-lifted" => Access($"freeze {data.Need("name")} lifted"),
            "freeze-overridden" => Access($"freeze {data.Need("name")} passed by {string.Join(", ", data.Texts("processIds"))} until {data.Need("until")}"),
            "access-denied" => Access($"{data.Need("act")} denied: {data.Need("message")}{(data.Raw("times") is { } times and not "1" ? $", {times} times" : "")}"),
            "attachment-refused" => Listing("attaching to ", data.Texts("atomIds"), $" refused: {data.Said("message")}"),
            "deployment-refused" => new($"deploying {(data.Raw("targetVersion") is { } target ? $"version {target} again" : "the latest revision")} refused: {data.Said("message")}"),
            "move-refused" => new($"moving refused: {data.Said("message")}") { AtomIds = [.. data.Texts("fromAtomIds").Union(data.Texts("toAtomIds"), StringComparer.Ordinal)] },
            "export-made" => Records(data.GetProperty("lastPosition").GetInt64() < data.GetProperty("firstPosition").GetInt64()
                ? $"exported: nothing happened after position {data.Raw("lastPosition")}"
                : $"exported, positions {data.Raw("firstPosition")} to {data.Raw("lastPosition")}"),
            "export-read" => Records($"export {data.Said("exportId")} handed out again"),
            "rebuild-started" => Records($"{(data.Raw("verifyOnly") == "true" ? "comparing" : "rebuilding")} {string.Join(", ", data.Texts("models"))}"),
            "rebuild-ended" => Records(
                $"{data.Said("result")}{(data.Raw("differences") is { } count and not "0" ? $", {count} rows differed" : "")}{(data.Said("detail") is { } detail ? $": {detail}" : "")}"),
            "personal-data-redacted" => Records($"personal data taken out of position {data.GetProperty("eventPosition").GetInt64()}: {string.Join(", ", data.GetProperty("fields").EnumerateArray().Select(member => member.GetString()))}"),
            "event-skipped" => Records($"the event at position {data.GetProperty("eventPosition").GetInt64()}, {data.Need("eventType")} in stream {data.Need("eventStream")}, marked as skipped: {data.Need("reason")}"),
            "account-moved" => Records($"account moved from home {data.Need("fromHome")} to {data.Need("toHome")} with {data.GetProperty("size").GetInt64()} events, as checkpoint {data.GetProperty("checkpoint").GetInt64()} of ledger {data.Need("fromLedger")} has them, epoch {data.GetProperty("epoch").GetInt64()}"),
            "settings-changed" => Records(string.Join(", ", data.GetProperty("changes").EnumerateArray().Select(change =>
                $"{change.Said("name")} changed from {change.Said("former") ?? "nothing"} to {change.Said("today") ?? "nothing"}"))),
            _ => null,
        };
    }

    /// <summary>The same for a revision that was made.</summary>
    public static EventWords Revision(string? name, string revision) => new(revision == "1" ? "created as revision 1" : $"saved as revision {revision}") { Name = name };

    /// <summary>The words of an event that was marked as skipped.</summary>
    public static EventWords Skipped(string stream, Skip skip) =>
        new($"{PassedOver}, marked by {skip.By}: {skip.Why}") { Name = stream switch { "operations" => "Records", "licences" => "Licences", "environments" => "Environments", "access" => "Access", _ => null } };

    private static string Setting(JsonElement value) =>
        value.Raw("useDefault") == "true" ? $"{value.Need("key")} to its default" : value.Raw("secret") == "true" ? $"{value.Need("key")} changed" : $"{value.Need("key")} = {value.Said("value")}";

    /// <summary>Of an address of the web scheme and host.</summary>
    private static string Address(string url)
    {
        var host = url.IndexOf(':', StringComparison.Ordinal) + 1;
        if (host == 0) return url;
        while (host < url.Length && url[host] is '/' or '\\') host++;
        var end = url.AsSpan(host).IndexOfAny("/\\?#");
        return $"{(end < 0 ? url : url[..(host + end)])}/…";
    }

    private static EventWords Access(string said) => new(said) { Name = "Access" };

    private static string Roles(JsonElement data) => string.Join(", ", data.GetProperty("roles").EnumerateArray().Select(grant => grant.Said("environmentId") is { } where ? $"{grant.Need("role")} in {where}" : grant.Need("role")));

    private static string? Some(JsonElement data, string member) => data.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array ? string.Join(", ", data.Texts(member)) : null;

    private static EventWords Records(string said) => new(said) { Name = "Records" };

    private static EventWords Listing(string before, IEnumerable<string> atomIds, string rest) =>
        new(before) { AtomIds = [.. atomIds.Distinct(StringComparer.Ordinal)], ListsAtoms = true, Rest = rest };

    private static EventWords Deployment(Deployment deployment)
    {
        var again = deployment.RedeployOf is { } number ? $", version {number} again," : "";
        var what = deployment.HasNoTarget ? $"made version {deployment.Version}, not deployed yet" : $"version {deployment.Version} deployed{again} {(deployment.AtomIds.Count == 0 ? "nowhere yet" : "on ")}";
        return Listing(what, deployment.AtomIds, deployment.Note is null ? "" : $": {deployment.Note}") with
        {
            Name = deployment.Manifest.FirstOrDefault(entry => entry.ComponentId == deployment.ProcessId)?.Name,
            Deployed = deployment,
        };
    }

    private static EventWords Promotion(JsonElement data)
    {
        List<string> atomIds = [.. data.GetProperty("targets").EnumerateArray().SelectMany(target => target.Texts("atomIds"))];
        return Listing(
            $"version {data.Raw("versionNumber")} promoted to environment {data.Need("environmentName")}{(atomIds.Count == 0 ? ", nowhere yet" : ", on ")}", atomIds, data.Said("note") is { } note ? $": {note}" : "");
    }

    private static IEnumerable<string> Counts(JsonElement data)
    {
        if (data.Raw("production") is { } production) yield return $"{production} for production";
        if (data.Raw("test") is { } test) yield return $"{test} for test";
    }
}
