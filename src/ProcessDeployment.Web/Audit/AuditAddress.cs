using System.Globalization;
using Microsoft.AspNetCore.Http;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Audit;

/// <summary>Where each view of the Audit page is, and where that is what a change is about.</summary>
internal static class AuditAddress
{
    public const string Export = "/audit/export";
    public const string Ledger = "/audit/ledger";

    public static string Of(AuditFilter filter)
    {
        var query = new QueryString();
        foreach (var (name, value) in Values(filter))
        {
            if (!string.IsNullOrEmpty(value)) query = query.Add(name, value);
        }

        return $"/audit{query.ToUriComponent()}";
    }

    /// <summary>One change in full.</summary>
    public static string Of(long position, AuditFilter? filter = null) => FormattableString.Invariant($"/audit/{position}{(filter is null ? "" : Of(filter)["/audit".Length..])}");

    /// <summary>A refused attempt has no position of its own: it is found by its command, behind the change before it.</summary>
    public static string Attempt(Guid commandId, long behind) => FormattableString.Invariant($"/audit/attempts/{commandId}?behind={behind}");

    public static string Proof(long position) => FormattableString.Invariant($"{Ledger}?position={position}");

    public static string Process(Guid processId) => $"/deploy/{processId}";

    public static string Component(string componentId) => $"/components/{componentId}";

    public static string Atom(string atomId) => $"/atoms/{atomId}";

    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The same address at a moment of its own.</summary>
    public static string AsOf(string address, long? position) => FormattableString.Invariant($"{address}?asOf={(position is { } at ? at : "now")}");

    /// <summary>What an address narrows the changes to.</summary>
    public static AuditFilter Filter(string? from, string? to, Guid? process, Guid? component, Guid? atom, string? actor, string? type, string? text) =>
        new(Time(from), Time(to), process, component, atom, Given(actor), Given(type), Given(text));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static IEnumerable<(string Name, string? Value)> Values(AuditFilter filter) =>
    [
        ("text", filter.Text), ("actor", filter.Actor), ("type", filter.Type), ("process", filter.Process?.ToString()), ("component", filter.Component?.ToString()), ("atom", filter.Atom?.ToString()),
        ("from", filter.From is { } from ? Moment(from) : null), ("to", filter.To is { } to ? Moment(to) : null),
    ];
}
