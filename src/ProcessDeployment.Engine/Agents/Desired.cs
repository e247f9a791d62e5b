using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Agents;

/// <summary>What an Atom ought to run, and what is known of how far it is: all it needs to go on after any absence.</summary>
internal static class Desired
{
    private static readonly MomentSql Atom = new(at => $"select a.name, a.status from (select 1) t {at.Atom("a", "$3")} where not a.deleted");

    private static readonly MomentSql Sql = new(at => $"""
        select t.process_id, l.name, v.version_number, v.digest, {Download.Columns("v.version_number")}, {Listening.Columns}
        from process_deployment.attachment t
        {at.Process("l", "t.process_id")}
        {at.EffectiveVersion("v", "t")}
        {Download.Join(at)}
        {Listening.Join(at)}
        where t.account_id = $1 and t.atom_id = $3 and {at.Holds("t")} and v.version_number is not null
        order by t.process_id
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/atoms/{id}/desired", AskAsync)
        .Describe("get-desired", "What an Atom ought to run: the version of each Process that is effective there", [ParameterNames.AtLeast])
        .Produces<DesiredAnswer>().Produces(304).MayBeUnknown()
        .WithMetadata(new OpenToAtoms(Own: true));

    private static Task<IResult> AskAsync(HttpContext context, AccountQuestion asking) => asking.AnswerAsync(context, [ParameterNames.AtLeast], (asked, batch) =>
    {
        var atomId = asked.PathId();
        DesiredAnswer? answer = null;
        var items = new List<DesiredItem>();
        batch.Query(Atom, row => answer = new(atomId, row.GetString(0), row.GetString(1), items, 0), Given.Id(atomId));
        batch.Query(Sql, row => items.Add(new(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetString(3), Download.Read(row, 4), row.Text(7), row.IsDBNull(8) ? null : row.GetInt64(8))), Given.Id(atomId));
        return position => answer is null ? Answer.Unknown("Atom", atomId) : Tagged(context, answer, position);
    });

    /// <summary>Positions move with whatever happens in the account, so the tag is of the rest, and a weak one.</summary>
    private static IResult Tagged(HttpContext context, DesiredAnswer answer, long position)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Options)))[..32]}\"", isWeak: true);
        context.Response.Headers.ETag = tag.ToString();
        context.Response.Headers[PlainText.PositionHeader] = position.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "private, no-cache";
        var known = EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var tags) && tags.Any(one => one.Compare(tag, useStrongComparison: false));
        return known ? Results.StatusCode(StatusCodes.Status304NotModified) : Answer.Of(answer with { Position = position });
    }
}

/// <summary>What an Atom ought to run.</summary>
/// <param name="AtomId">The Atom.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">How it is, as it said last.</param>
/// <param name="Items">The Processes that are deployed there; what is not among them must not run.</param>
/// <param name="Position">The position that the answer shows.</param>
internal sealed record DesiredAnswer(Guid AtomId, string Name, string Status, IReadOnlyList<DesiredItem> Items, long Position);

/// <summary>A Process that is deployed on the Atom.</summary>
/// <param name="ProcessId">The Process.</param>
/// <param name="Name">Its name.</param>
/// <param name="VersionNumber">The version that is effective there.</param>
/// <param name="Digest">What names its bundle.</param>
/// <param name="Download">How far the Atom is with it, as it said last.</param>
/// <param name="ListenerStatus">Of one that listens whether it ought to take requests: <c>RUNNING</c> or <c>PAUSED</c>.</param>
/// <param name="ListenerSince">The position of the last pause, resumption or restart there; where it moved and the listener ought to run, it has to be started anew.</param>
internal sealed record DesiredItem(Guid ProcessId, string Name, int VersionNumber, string Digest, Download Download, string? ListenerStatus, long? ListenerSince);
