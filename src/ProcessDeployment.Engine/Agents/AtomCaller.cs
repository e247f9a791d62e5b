using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Agents;

/// <summary>An Atom that came in with its token.</summary>
/// <param name="AccountId">The account of the Atom.</param>
/// <param name="AtomId">The Atom.</param>
/// <param name="Token">What it came in with.</param>
/// <param name="ExpiresAt">Until when it may stay; null for ever.</param>
internal sealed record AtomCaller(string AccountId, Guid AtomId, AtomToken Token, DateTimeOffset? ExpiresAt)
{
    /// <summary>Account and actor of what it sends.</summary>
    public Caller Caller { get; } = new(AccountId, $"atom:{AtomId}", Authority.OfAtom(AtomId));

    /// <summary>Null for everybody else.</summary>
    public static AtomCaller? Of(HttpContext context) => context.Features.Get<AtomCaller>();

    /// <summary>The problem with commands that it may not send; null when it may send all of them.</summary>
    public static Problem? MayNotSend(HttpContext context, IEnumerable<ParseResult> commands) =>
        Of(context) is { } atom && commands.FirstOrDefault(parsed => parsed.WellFormed && !atom.MaySend(parsed.Envelope.Command)) is { } other
            ? Forbidden($"{other.Envelope!.Type} is nothing that the token of Atom {atom.AtomId} lets it send: it reports, and of itself only.")
            : null;

    public static Problem Forbidden(string detail) => new("Not allowed", 403, detail, "not-for-this-atom");

    private bool MaySend(Command command) => command is IReportOfAtom report && report.AtomId == AtomId;
}
