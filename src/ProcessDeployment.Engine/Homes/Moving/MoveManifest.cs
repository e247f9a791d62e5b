using ProcessDeployment.Engine.Ledger.Proofs;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>What a move file says of itself, in <c>manifest.json</c>: the last file in the archive, so that one that was cut off has none.</summary>
/// <param name="Format">Which form of file it is: <see cref="Known"/>.</param>
/// <param name="AccountId">The account.</param>
/// <param name="FromHome">The home it leaves.</param>
/// <param name="ToHome">The home it goes to.</param>
/// <param name="Position">How far its history has come.</param>
/// <param name="Checkpoint">The first checkpoint that covers all of it, with the root of its tree.</param>
/// <param name="Keys">The keys of the ledger that it is checked with, and which ledger that is.</param>
/// <param name="Tables">What each file of the archive holds.</param>
internal sealed record MoveManifest(
    int Format, string AccountId, string FromHome, string ToHome, long Position, AccountCheckpoint Checkpoint, LedgerKeys Keys, IReadOnlyList<MovedTable> Tables)
{
    public const int Known = 1;

    public const string File = "manifest.json";

    /// <summary>Of archives over HTTP and on disk.</summary>
    public const string MediaType = "application/zip";
}

/// <summary>The rows of a table, one JSON object a line.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">The members of each row.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Sha256">Of the file, in lower-case hexadecimal digits.</param>
internal sealed record MovedTable(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256);

/// <summary>A home says that the history of an account is there: what the home it leaves asks for before it lets go.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Home">Where it is now.</param>
/// <param name="Position">How far its history has come.</param>
/// <param name="Root">The root of the tree over that history, in hexadecimal digits.</param>
internal sealed record Arrived(string AccountId, string Home, long Position, string Root);

/// <summary>A home says that it has let go of an account: what the other one asks for before it opens it.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="From">The home it has left.</param>
/// <param name="To">The home it is to be opened in.</param>
/// <param name="Position">How far its history had come.</param>
/// <param name="Root">The root of the tree over that history, in hexadecimal digits.</param>
internal sealed record LeftReceipt(string AccountId, string From, string To, long Position, string Root);
