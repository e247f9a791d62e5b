using Npgsql;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>What the events say of executions and downloads, against what agents did: their files outlive every kill.</summary>
internal sealed class Runs(NpgsqlDataSource database, string accountId, IReadOnlyList<AtomProcess> agents)
{
    public async Task<long> EndedAsync() => await CountAsync("processdeployment.execution-completed.v1");

    /// <summary>All that was asked for has ended, and all that is current is acknowledged.</summary>
    public async Task<bool> AreOverAsync()
    {
        var events = (await History.OfAsync(database, accountId)).ConvertAll(row => row.Recorded.Event);
        return events.OfType<ExecutionRequested>().Select(run => run.ExecutionId).ToHashSet().SetEquals(events.OfType<ExecutionCompleted>().Select(run => run.ExecutionId))
            && Current(events).All(version => agents.All(agent => Acknowledged(events, version, agent) == version.VersionNumber));
    }

    public async Task<string> DifferenceAsync()
    {
        var events = (await History.OfAsync(database, accountId)).ConvertAll(row => row.Recorded.Event);
        var open = events.OfType<ExecutionRequested>().Select(run => run.ExecutionId).Except(events.OfType<ExecutionCompleted>().Select(run => run.ExecutionId));
        return $"Not ended: {string.Join(", ", open)}.\n{string.Join("\n\n", agents.Select(agent => agent.LastWords))}";
    }

    /// <summary>Nothing ran twice, nothing is lost, and what was acknowledged is there as its digest says.</summary>
    public async Task AreAsTheEventsSayAsync()
    {
        var events = (await History.OfAsync(database, accountId)).ConvertAll(row => row.Recorded.Event);
        var fired = agents.SelectMany(agent => agent.Fired).ToList();
        fired.ShouldBeUnique("executions whose command was run");
        events.OfType<ExecutionRequested>().Select(run => run.ExecutionId).ShouldBeUnique("executions that were asked for");
        events.OfType<ExecutionStarted>().Select(run => run.ExecutionId).ShouldBeUnique("executions that began");
        events.OfType<ExecutionRequested>().Where(run => run.DueAt is not null).Select(run => (run.ProcessId, run.AtomId, run.DueAt)).ShouldBeUnique("what schedules fired");

        var ends = events.OfType<ExecutionCompleted>().ToList();
        ends.Select(run => run.ExecutionId).ShouldBeUnique("executions that ended");
        events.OfType<ExecutionRequested>().Select(run => run.ExecutionId).Except(ends.Select(run => run.ExecutionId)).ShouldBeEmpty("executions that never ended");
        ends.Where(run => run.Status == Contracts.ExecutionStatus.Complete).Select(run => run.ExecutionId).Except(fired).ShouldBeEmpty("what is said to be complete and was never run");
        fired.Except(events.OfType<ExecutionStarted>().Select(run => run.ExecutionId)).ShouldBeEmpty("what ran without having been begun");
        fired.Intersect(ends.Where(run => run.Status == Contracts.ExecutionStatus.Discarded).Select(run => run.ExecutionId)).ShouldBeEmpty("what ran although it was discarded");
        ends.ShouldAllBe(run => run.Status != Contracts.ExecutionStatus.Error);

        foreach (var version in Current(events))
        {
            foreach (var agent in agents)
            {
                Acknowledged(events, version, agent).ShouldBe(version.VersionNumber);
                BundleOnDisk.DigestOf(agent.Bundle(version.Digest)).ShouldBe(version.Digest);
            }
        }

        events.OfType<DownloadFailed>().ShouldBeEmpty();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{fired.Count} runs, {string.Join(", ", ends.GroupBy(run => run.Status).Select(run => $"{run.Count()} {run.Key}"))}; {events.OfType<VersionDownloaded>().Count()} downloads, {events.OfType<ExecutionRequested>().Count(run => run.DueAt is not null)} by schedule.");
    }

    private static IEnumerable<VersionDeployed> Current(List<Domain.DomainEvent> events) => events.OfType<VersionDeployed>().GroupBy(version => version.ProcessId).Select(versions => versions.Last());

    private static int? Acknowledged(List<Domain.DomainEvent> events, VersionDeployed version, AtomProcess agent) =>
        events.OfType<VersionDownloaded>().LastOrDefault(download => download.ProcessId == version.ProcessId && download.AtomId == agent.AtomId)?.VersionNumber;

    private async Task<long> CountAsync(string type)
    {
        await using var command = database.CreateCommand("select count(*) from events.mt_events where tenant_id = $1 and type = $2");
        command.Parameters.AddWithValue(accountId);
        command.Parameters.AddWithValue(type);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
