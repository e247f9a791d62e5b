using System.Text.Json.Serialization;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>What to take out of the history of an account, and why.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="By">Who does it.</param>
/// <param name="Why">Why, in words that stay in the history.</param>
internal sealed record RedactionRequest(string AccountId, string By, string Why)
{
    /// <summary>The one event it is about; null for all events of <see cref="Person"/>.</summary>
    public long? Position { get; init; }

    /// <summary>What to take out of it, see <see cref="Domain.PersonalData"/>.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>An actor whose name is taken out of every event of the account.</summary>
    public string? Person { get; init; }
}

/// <summary>What was taken out.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Redactions">Each event that was altered; none where the name of an actor stood only beside events.</param>
/// <param name="JobId">The rebuild that takes the texts out of everything that follows from the events; null where no event was altered.</param>
/// <param name="StillIn">The first other events that hold the same text; each is redacted for itself.</param>
/// <param name="Warnings">What did not go well after the events had been altered.</param>
internal sealed record RedactionReport(string AccountId, IReadOnlyList<Redacted> Redactions, Guid? JobId, IReadOnlyList<long> StillIn, IReadOnlyList<string> Warnings)
{
    /// <summary>What stood there, to look for it once more; never shown.</summary>
    [JsonIgnore]
    public IReadOnlyCollection<string> Texts { get; init; } = [];
}

/// <summary>An event that was altered.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Members">What was taken out.</param>
/// <param name="NotedAt">The position of the event that says so.</param>
internal sealed record Redacted(long Position, IReadOnlyList<string> Members, long NotedAt);

/// <summary>Why nothing was taken out: the member that stands against it, and the rule.</summary>
internal sealed class RedactionException(string member, string rule) : Exception($"{member} {rule}")
{
    public string Member { get; } = member;

    public string Rule { get; } = rule;
}

/// <summary>Some events were altered and the others were not: what was done stays done.</summary>
internal sealed class PartlyRedactedException(RedactionReport done, Exception cause) : Exception(cause.Message, cause)
{
    public RedactionReport Done { get; } = done;
}
