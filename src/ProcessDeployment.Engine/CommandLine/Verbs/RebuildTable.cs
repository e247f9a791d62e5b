using System.Globalization;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>A job in words.</summary>
internal static class RebuildTable
{
    /// <summary>More than this is all of it, or as good as all, and nobody reads a list of that.</summary>
    private const int MostNamed = 4;

    public static string What(Json job)
    {
        var models = job["models"].Items.Select(model => model.Text).ToList();
        var named = models.Count <= MostNamed ? string.Join(", ", models) : string.Create(CultureInfo.InvariantCulture, $"{models.Count} models");
        return $"{(job["verifyOnly"].IsTrue ? "verify " : "")}{named}{(job["accountId"].IsThere ? $" of {job["accountId"].Text}" : "")}";
    }

    public static string Status(Json job) => job["status"].Text == "running" ? job["phase"].Text : job["status"].Text;

    public static string Progress(Json job)
    {
        var (read, total) = (job["eventsRead"].Number ?? 0, job["eventsTotal"].Number ?? 0);
        var left = job["secondsLeft"].IsThere ? $", {job["secondsLeft"].Text} s left" : "";
        var beside = job["beside"].IsThere ? $"; {job["beside"].Text}" : "";
        return total == 0 ? $"{job["phase"].Text}{beside}" : string.Create(CultureInfo.InvariantCulture, $"{job["phase"].Text}: {read:N0} of {total:N0} events, {job["eventsPerSecond"].Number ?? 0:N0} a second{left}{beside}");
    }

    public static void Show(Screen screen, Json job)
    {
        var (read, took) = (job["eventsRead"].Number ?? 0, Took(job));
        if (job["status"].Text != "completed")
        {
            screen.Fail($"{job["status"].Text} while {job["phase"].Text}{(job["failure"].IsThere ? $": {job["failure"].Text}" : $"; go on with: rebuilds resume {job["jobId"].Text}")}");
            return;
        }

        if (!job["verifyOnly"].IsTrue) screen.Line(string.Create(CultureInfo.InvariantCulture, $"Rebuilt {What(job)} from {read:N0} events in {took}."));
        var table = Tables.Of("Account", "Table", "Key", "Difference");
        foreach (var account in job["proof"].Items)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture,
                $"Account {account["accountId"].Text} at position {account["position"].Number:N0}: {account["rows"].Number:N0} rows of {account["tables"].Items.Count()} tables held against the events, {(account["differences"].Number is 0 ? "none differs" : $"{account["differences"].Number:N0} not as they say")}."));
            foreach (var found in account["tables"].Items)
                foreach (var row in found["shown"].Items)
                    table.Row(account["accountId"].Text, found["table"].Text, row["key"].Text, row["members"].Items.Any() ? string.Join("; ", row["members"].Items.Select(Member)) : row["kind"].Text);
        }

        if (job["differences"].Number > 0) screen.Show(table);
        foreach (var left in job["left"].Items)
            screen.Fail($"Account {left["accountId"].Text} was left as it was: position {left["position"].Text}{(left["stream"].IsThere ? $" in stream {left["stream"].Text}" : "")} cannot be read: {left["problem"].Text}. Mend it and rebuild the account, or mark it with: skip {left["position"].Text} --account {left["accountId"].Text} --reason …");
    }

    private static string Member(Json member) => $"{member["column"].Text} is {member["held"].Text}, ought to be {member["ought"].Text}";

    private static string Took(Json job) =>
        DateTimeOffset.TryParse(job["endedAt"].Text, CultureInfo.InvariantCulture, out var ended) && DateTimeOffset.TryParse(job["startedAt"].Text, CultureInfo.InvariantCulture, out var started)
            ? string.Create(CultureInfo.InvariantCulture, $"{(ended - started).TotalSeconds:0.0} s, proof included")
            : "";
}
