using System.Text.Json.Serialization;
using ProcessDeployment.Engine.Rebuild.Proof;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>What to rebuild or prove, and who asks.</summary>
/// <param name="Models">Names of <see cref="RebuildModel"/>s.</param>
/// <param name="AccountId">The one account it is about; null for all.</param>
/// <param name="VerifyOnly">Prove and leave everything as it is.</param>
/// <param name="AskedIn">The account of the operator.</param>
/// <param name="Actor">The operator.</param>
public sealed record RebuildRequest(IReadOnlyList<string> Models, string? AccountId, bool VerifyOnly, string AskedIn, string Actor)
{
    /// <summary>Whether it builds all that this release builds from events.</summary>
    internal bool IsOfEverything => !VerifyOnly && RebuildModel.All.All(model => Models.Contains(model.Name));
}

/// <summary>A job as operators see it.</summary>
public sealed record RebuildJob
{
    public required Guid JobId { get; init; }
    public required IReadOnlyList<string> Models { get; init; }
    public string? AccountId { get; init; }
    public required bool VerifyOnly { get; init; }
    public required string Actor { get; init; }

    /// <summary><c>running</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What it does, or did last.</summary>
    public required string Phase { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public long EventsRead { get; init; }
    public long EventsTotal { get; init; }
    public double? EventsPerSecond { get; init; }
    public double? SecondsLeft { get; init; }

    /// <summary>While it runs: why it waits, or with what it takes turns; null where it has the engine to itself.</summary>
    public string? Beside { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; init; }

    /// <summary>Accounts that were left as they were, since an event of theirs cannot be read; null when there is none.</summary>
    public IReadOnlyList<LeftAccount>? Left { get; init; }

    /// <summary>Rows that are not as the events say, in all tables that were proved; null before the proof.</summary>
    public long? Differences => Proof?.Sum(account => account.Differences);

    /// <summary>What the proof found, account by account.</summary>
    public IReadOnlyList<AccountProof>? Proof { get; init; }

    [JsonIgnore]
    internal RebuildMark Mark { get; init; } = RebuildMark.None;

    /// <summary>Of <see cref="RebuildPlaces"/>; what waits has none yet.</summary>
    [JsonIgnore]
    internal int Place { get; init; }

    /// <summary>Whether no place was free for it yet.</summary>
    [JsonIgnore]
    internal bool IsWaiting => Status == "running" && Phase == RebuildPhases.Waiting;

    /// <summary>In a few words, for who waits for it.</summary>
    internal string InWords() => $"the {(VerifyOnly ? "verification" : "rebuild")} {JobId} of {(AccountId is null ? "all accounts" : $"account {AccountId}")}";

    [JsonIgnore]
    internal string AskedIn { get; init; } = "";

    /// <summary>Who may write how far it is: whoever went on with it last.</summary>
    [JsonIgnore]
    internal Guid Runner { get; init; }
}

/// <summary>How far a rebuild is, so that another process can go on with it.</summary>
/// <param name="Until">Events until this sequence number are folded in bulk; null before the tables are made.</param>
/// <param name="Reached">The new tables hold all events until here, once the bulk is done.</param>
/// <param name="AccountsDone">Accounts whose bulk is in the new tables.</param>
/// <param name="LeftToDefine">Indexes that come when the tables are full.</param>
internal sealed record RebuildMark(long? Until, long? Reached, IReadOnlyList<string> AccountsDone, IReadOnlyList<string> LeftToDefine)
{
    public static readonly RebuildMark None = new(null, null, [], []);

    /// <summary>Of the scripts that made the tables: what was begun by another release has another form.</summary>
    public IReadOnlyList<string> ScriptHashes { get; init; } = [];

    /// <summary>In place of how far the new tables are: they have taken their place.</summary>
    public const long Exchanged = -1;

    public bool IsExchanged => Reached == Exchanged;
}

/// <summary>What a job does, in this order.</summary>
internal static class RebuildPhases
{
    /// <summary>Before the first: no place is free for it.</summary>
    public const string Waiting = "waiting";

    public const string Preparing = "preparing";
    public const string Reading = "reading";
    public const string Indexing = "indexing";
    public const string CatchingUp = "catching up";
    public const string CurrentState = "building current state";
    public const string Proving = "proving";
    public const string Done = "done";
}

/// <summary>Why a job cannot go on: in words for the operator, and nothing of it is put in place.</summary>
internal sealed class RebuildException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whoever lost the lock may still be at work; what it writes must not be kept.</summary>
    public static RebuildException OfAnother(Guid jobId) => new($"The rebuild {jobId} ended, or another runner has gone on with it.");
}
