using System.Text.RegularExpressions;

namespace ProcessDeployment.Architecture.Tests;

public sealed partial class Sql_by_hand
{
    /// <summary>Everything else goes through <c>AccountBatch</c> or <c>RoundTrip</c>, where each statement has the account, or that of each row, as its first parameter.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["Storage/AccountBatch.cs"] = "is the gate for one account",
        ["Storage/RoundTrip.cs"] = "is the gate for rows of several accounts",
        ["Storage/DatabaseSchema.cs"] = "makes the tables",
        ["Storage/DatabaseRights.cs"] = "gives rights, without reading or writing a row",
        ["Accounts/AccountList.cs"] = "is the list of accounts itself",
        ["Homes/Placement.cs"] = "lists which accounts are in other homes",
        ["Homes/Moving/ColumnsOfTables.cs"] = "reads what columns tables have, no row",
        ["Pipeline/BatchRunner.cs"] = "rolls back",
        ["Pipeline/AppendWaker.cs"] = "notifies, without reading or writing a row",
        ["ReadModels/ReadPositionFeed.cs"] = "listens, without reading or writing a row",
        ["ReadModels/PageStatement.cs"] = "queues pages of all accounts; every row carries its account from the event",
        ["ReadModels/ReadModelStatistics.cs"] = "has PostgreSQL analyse tables; reads sizes, no row",
        ["Channels/PostgreSql/IntakeConnection.cs"] = "takes texts before anybody knows their account",
        ["Channels/DeadLetters/DeadLetterStore.cs"] = "keeps texts whose account nobody could verify",
        ["Channels/DeadLetters/DeadLetterList.cs"] = "lists those of an account to it, and to the operator those of nobody; see Listing_dead_letters",
        ["Webhooks/WebhookSender.cs"] = "takes a lock, without reading or writing a row",
        ["Webhooks/DueDeliveries.cs"] = "lists the webhooks of all accounts that have something to send",
        ["Secrets/KeyTable.cs"] = "lists the keys of secret values, which are of no account",
        ["Secrets/SealedValues.cs"] = "seals the secret values of all accounts anew, each bound to its account",
        ["Secrets/KeyLocks.cs"] = "takes locks, without reading or writing a row",
        ["Ledger/Sealing/Sealer.cs"] = "locks and listens, without reading or writing a row",
        ["Ledger/Storage/UnsealedEvents.cs"] = "seals all accounts; what it reads of one is its position and hashes",
        ["Ledger/Storage/LedgerState.cs"] = "begins where the ledger of all accounts ends",
        ["Ledger/Storage/LedgerTables.cs"] = "adds checkpoints, which are of all accounts; rows of accounts go through the gate",
        ["Ledger/Storage/WholeLedger.cs"] = "reads keys and checkpoints, which are of no account",
        ["Rebuild/NextTables.cs"] = "makes tables for all accounts; no row is read or written",
        ["Rebuild/NextPage.cs"] = "writes the same pages as ReadModels/PageStatement.cs into tables of the next generation",
        ["Rebuild/StoredEvents.cs"] = "reads events of all accounts for rebuilds; each carries its account",
        ["Rebuild/CopiedRows.cs"] = "reads the rows of the query it is given; whoever gives it is on this list",
        ["Rebuild/TableCopy.cs"] = "writes rows, each with its account, into tables of the next generation",
        ["Rebuild/AccountGroups.cs"] = "lists accounts with their positions",
        ["Rebuild/Proof/AccountsOfProof.cs"] = "lists accounts that nobody knows",
        ["Rebuild/ShardProgress.cs"] = "reads how far the projection is",
        ["Rebuild/JobMark.cs"] = "marks how far a rebuild is",
        ["Rebuild/EarlierReaders.cs"] = "looks for transactions, without reading or writing a row",
        ["Rebuild/Switch.cs"] = "reads which scripts made the tables",
        ["Rebuild/Exchange.cs"] = "exchanges tables of all accounts, or the rows of the one that is named in $1",
        ["Rebuild/RebuildJobs.cs"] = "is the list of jobs, the operator's",
        ["Rebuild/RebuildLock.cs"] = "takes a lock, without reading or writing a row",
        ["Rebuild/LeftAccounts.cs"] = "keeps for a job which accounts it leaves, and copies their rows as they are",
        ["Halting/LackingEvents.cs"] = "looks for the events of any account that a page lacks",
        ["Halting/HaltedAccounts.cs"] = "lists the accounts that are halted, for the operator",
        ["Halting/HaltedWatch.cs"] = "listens, without reading or writing a row",
        ["Halting/SkippedEvents.cs"] = "reads which events of any account were marked as skipped; each carries its account",
        ["Scheduling/DueRetries.cs"] = "finds what is due in any account; each row carries its account",
        ["Scheduling/DueRuns.cs"] = "finds what is due in any account; each row carries its account",
        ["Operations/AccountProgress.cs"] = "lists how far each account is, for the operator",
        ["Operations/Readings.cs"] = "counts over all accounts for the operator",
        ["Operations/Health/DatabaseHealth.cs"] = "writes its one row to see whether the database writes",
    };

    [Fact]
    public void outside_the_account_gate_is_on_the_list_with_its_reason() => UsedIn().ShouldBeSubsetOf(Allowed.Keys);

    [Fact]
    public void is_not_on_the_list_without_need() => Allowed.Keys.ShouldBeSubsetOf(UsedIn());

    private static List<string> UsedIn() =>
        [.. Repository.Files("src/ProcessDeployment.Engine").Where(file => Sql().IsMatch(Repository.Read(file))).Select(file => file["src/ProcessDeployment.Engine/".Length..])];

    [GeneratedRegex(@"\bNpgsqlCommand\b|\bNpgsqlBatch(Command)?\b|\bCreateCommand\b|\bCreateBatch\b|\bQueueSqlCommand\b|\bQueueOperation\b|\bIStorageOperation\b|\bNpgsqlBinaryImporter\b|\bBegin(Raw)?Binary|\bnew CopiedRows\(")]
    private static partial Regex Sql();
}
