using System.Globalization;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>What became of a row of the table of faults: one line at its end, and the table of all in a file.</summary>
internal sealed class RowReport(string row, string fault) : IDisposable
{
    private const string Head = "| row | fault | rounds | commands | lost | doubled | longest recovery |\n|---|---|---|---|---|---|---|\n";

    private static readonly SortedDictionary<string, string> Rows = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (int Before, int Now, int Lost, int Doubled)> _accounts = new(StringComparer.Ordinal);
    private TimeSpan? _longest;
    private int _rounds;

    /// <summary>FAULT_TABLE names another file than the one beside the tests.</summary>
    private static string File => Environment.GetEnvironmentVariable("FAULT_TABLE") is { Length: > 0 } given ? given : Path.Combine(AppContext.BaseDirectory, "faults.md");

    public void Begins(OutsideLedger ledger)
    {
        foreach (var account in ledger.Accounts) _accounts[account.Id] = (account.Entries.Count(), account.Entries.Count(), 0, 0);
    }

    public void RoundEnded() => _rounds++;

    public void Recovered(TimeSpan after) => _longest = _longest is { } longest && longest > after ? longest : after;

    /// <summary>Lost is what was answered and has not happened, doubled what happened more often than it was answered.</summary>
    public void Count(OutsideLedger.Account account)
    {
        var happened = account.History.GroupBy(row => row.CommandId).ToDictionary(effect => effect.Key, effect => effect.Count());
        var entries = account.Entries.Where(entry => !entry.IsGivenUp).ToList();
        var differences = entries.Select(entry => happened.GetValueOrDefault(entry.Id) - (entry.Answer?.Events.Count ?? 0)).ToList();
        _accounts[account.Id] = (_accounts.GetValueOrDefault(account.Id).Before, entries.Count, differences.Count(difference => difference < 0), differences.Count(difference => difference > 0));
    }

    public void Dispose()
    {
        var counts = _accounts.Values;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"| {row} | {fault} | {_rounds} | {counts.Sum(count => count.Now - count.Before)} | {counts.Sum(count => count.Lost)} | {counts.Sum(count => count.Doubled)} | {(_longest is { } longest ? $"{longest.TotalSeconds:0.0} s" : "—")} |");
        TestContext.Current.SendDiagnosticMessage(line);
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        lock (Rows)
        {
            Rows[$"{row} {fault}"] = line;
            System.IO.File.WriteAllText(File, Head + string.Join('\n', Rows.Values) + "\n");
        }
    }
}
