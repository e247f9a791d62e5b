using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Engine.Ledger.Proofs;

namespace ProcessDeployment.Engine.Export;

/// <summary>
/// What an export is about: a period of an account, the positions in it, and the checkpoint it is pinned to. The neighbours of
/// the period are exported with it: their times prove that nothing of the period is missing, also when nothing happened in it.
/// </summary>
/// <param name="AccountId">The account.</param>
/// <param name="From">The period begins here; null for the beginning of the account.</param>
/// <param name="To">It ends before this; null for what is sealed.</param>
/// <param name="First">The first position of the period.</param>
/// <param name="Last">The last position of the period; one less than the first when nothing happened in it.</param>
/// <param name="Pinned">The first checkpoint that was made after the period and covers it; the latest one while the period is not over.</param>
/// <param name="IsClosed">The period is over and sealed: from now on the export is the same, byte for byte.</param>
internal sealed record ExportScope(string AccountId, DateTimeOffset? From, DateTimeOffset? To, long First, long Last, AccountCheckpoint Pinned, bool IsClosed)
{
    /// <summary>Where it is said what was redacted of these events, as far as that is behind the last of them.</summary>
    public IReadOnlyList<long> Redactions { get; init; } = [];

    /// <summary>Where one of these events is marked as skipped, wherever that is: it must be known before the lists are judged.</summary>
    public IReadOnlyList<long> Skips { get; init; } = [];

    /// <summary>The last redaction of the account when this was found.</summary>
    public long RedactedTo { get; init; }

    /// <summary>Lists may still hold what was redacted there.</summary>
    public bool IsBeingRedacted { get; init; }

    public long Size => Pinned.Head.Size;

    /// <summary>Everything that says what was redacted or skipped is sealed where this is pinned.</summary>
    public bool IsExplained => Redactions.Concat(Skips).All(position => position <= Size);

    /// <summary>The first event that is exported: the last one before the period, if there is one.</summary>
    public long FirstLine => Math.Max(1, First - 1);

    /// <summary>The last event that is exported: the first one after the period, if it is sealed.</summary>
    public long LastLine => Math.Min(Size, Last + 1);

    public long Lines => LastLine - FirstLine + 1;

    /// <summary>The same for the same period and the same checkpoint.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{AccountId}\n{From?.UtcDateTime:O}\n{To?.UtcDateTime:O}\n{First}\n{Last}\n{Pinned.Number}"))))[..16];
}
