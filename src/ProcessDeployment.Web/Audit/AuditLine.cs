using ProcessDeployment.Client;
using ProcessDeployment.Web.Wording;

namespace ProcessDeployment.Web.Audit;

/// <summary>What a line of the timeline shows, and no more: an open page holds some hundred of them.</summary>
/// <param name="Position">That of the change; of an attempt, that of the change before it.</param>
/// <param name="Time">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Type">The event, in words.</param>
/// <param name="Words">What happened.</param>
/// <param name="Reason">Why, as was said.</param>
/// <param name="Channel">By which way it came.</param>
/// <param name="IsRefused">It was only attempted.</param>
/// <param name="AttemptId">The command, where nothing was kept but its refusal.</param>
public sealed record AuditLine(long Position, DateTimeOffset Time, string Actor, string Type, string Words, string? Reason, string? Channel, bool IsRefused, Guid? AttemptId)
{
    public bool IsAttempt => AttemptId is not null;

    public (long Position, Guid? AttemptId) Key => (Position, AttemptId);

    public static AuditLine Of(AuditEntry entry) => new(
        entry.Position, entry.Time, entry.Actor, Say.Type(entry.Type), Say.Of(entry), entry.Reason, entry.Channel, entry.IsRefused, entry.IsAttempt ? entry.CommandId : null);

    public string Address(AuditFilter filter) => AttemptId is { } commandId ? AuditAddress.Attempt(commandId, Position) : AuditAddress.Of(Position, filter);
}
