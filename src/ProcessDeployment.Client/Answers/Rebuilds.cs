using System.Text.Json;

namespace ProcessDeployment.Client;

/// <summary>What to rebuild or prove.</summary>
/// <param name="Models">Read models by name; null with <paramref name="All"/>.</param>
/// <param name="All">All of them.</param>
/// <param name="AccountId">The one account it is about; null for all.</param>
/// <param name="VerifyOnly">Prove and leave everything as it is.</param>
public sealed record RebuildWish(IReadOnlyList<string>? Models = null, bool All = false, string? AccountId = null, bool VerifyOnly = false);

/// <summary>A rebuild or proof, with how far it is.</summary>
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

    /// <summary>While it runs: why it waits, or with what it takes turns.</summary>
    public string? Beside { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; init; }

    /// <summary>Accounts that were left as they were, since an event of theirs cannot be read.</summary>
    public IReadOnlyList<LeftAccount>? Left { get; init; }

    /// <summary>Rows that are not as the events say; null before the proof.</summary>
    public long? Differences { get; init; }

    /// <summary>What the proof found, account by account.</summary>
    public IReadOnlyList<AccountProof>? Proof { get; init; }

    public bool IsRunning => Status == "running";

    public bool CanResume => Status is "failed" or "cancelled";
}

public sealed record LeftAccount(string AccountId, long Position, string? Stream, string Problem);

/// <summary>What was found when tables of an account were held against its events.</summary>
public sealed record AccountProof(string AccountId, long Position, IReadOnlyList<TableFinding> Tables, long Rows, long Differences);

/// <summary>What was found in a table, with the first rows that are not as they ought to be.</summary>
public sealed record TableFinding(string Table, long Rows, long Differences, IReadOnlyList<RowDifference> Shown);

/// <summary>A row on which a table and the events disagree: <c>missing</c>, <c>unexpected</c> or <c>differs</c>.</summary>
public sealed record RowDifference(JsonElement Key, string Kind, IReadOnlyList<MemberDifference> Members);

/// <summary>A column of such a row.</summary>
public sealed record MemberDifference(string Column, string Held, string Ought);
