using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>
/// Runs what the Atom is asked to run, each execution once at most: the engine lets one agent begin it, and that it began is on
/// disk before it does. What an agent that died had begun is over; what it had not, begins.
/// </summary>
internal sealed class Runner(
    AgentOptions options, EngineClient engine, BundleFolder bundles, RunFolder folder, RunReports reports, Wake wake, ILogger<Runner> log)
{
    private readonly ConcurrentDictionary<Guid, (RunningCommand Command, Task Following)> _running = new();
    private IReadOnlyList<AskedRun> _asked = [];
    private bool _recovered;

    /// <summary>Asks what there is to run, after telling what is over; ends what is to end.</summary>
    /// <returns>The position of what it knows: what is desired must be as new, or a Process that came with its first run is taken for one that left.</returns>
    public async Task<long> LookAsync(long atLeast, CancellationToken cancellation)
    {
        Recover();
        folder.KeepUnwritten();
        foreach (var record in folder.At(RunStep.Ended)) await TellAsync(record, cancellation);
        if (await AskAsync(Math.Max(atLeast, reports.Position), cancellation) is not { } asked) return atLeast;
        _asked = asked.Items;
        foreach (var record in folder.At(RunStep.Claimed).Where(record => _asked.All(run => run.ExecutionId != record.ExecutionId))) folder.Forget(record.ExecutionId);
        KillOver();
        foreach (var run in _asked.Where(run => run.CancelRequestedBy is not null)) await CancelAsync(run, cancellation);
        return asked.Position;
    }

    /// <summary>Begins what can begin.</summary>
    public async Task BeginAsync(DesiredState desired, CancellationToken cancellation)
    {
        if (options.Run is null) return;
        foreach (var run in _asked.Where(IsToBegin))
        {
            if (_running.Count >= options.RunsAtOnce) return;
            try
            {
                if (desired.Items.All(process => process.ProcessId != run.ProcessId)) await OverAsync(RunRecord.Of(run, RunStep.Ended), RunStatus.Aborted, "It is not deployed on this Atom any more.", cancellation);
                // Without its bundle it waits for it.
                else if (bundles.Read(run.ProcessId).Current is { } current) await BeginAsync(run, current, cancellation);
            }
            catch (EngineSaysNoException e)
            {
                log.LogError("Execution {Execution} of {Process} cannot begin: {Reason}", run.ExecutionId, run.ProcessName, e.Message);
            }
        }
    }

    /// <summary>Nothing runs on without its agent.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        foreach (var (_, running) in _running) running.Command.Kill("The agent was stopped while it ran.");
        // No pause but a bound: what cannot be ended must not keep the agent from ending.
        await Task.WhenAny(Task.WhenAll(_running.Values.Select(running => running.Following)), Task.Delay(patience));
    }

    /// <summary>What stops one record stops no other; only where nobody answers, nobody is asked more.</summary>
    private async Task TellAsync(RunRecord record, CancellationToken cancellation)
    {
        try
        {
            await reports.EndAsync(record, cancellation);
        }
        catch (EngineTroubleException e) when (e.IsAnswer)
        {
            ToldLater(record, e);
        }
    }

    private void ToldLater(RunRecord record, Exception e) =>
        log.LogWarning("The end of execution {Execution} of {Process} is told later: {Reason}", record.ExecutionId, record.Name, e.Message);

    /// <summary>Null where the engine does not tell: what is deployed is downloaded nevertheless.</summary>
    private async Task<AskedRuns?> AskAsync(long atLeast, CancellationToken cancellation)
    {
        try
        {
            return await engine.ExecutionsAsync(atLeast, cancellation);
        }
        catch (EngineSaysNoException e)
        {
            log.LogError("What there is to run cannot be asked for: {Reason}", e.Message);
            return null;
        }
    }

    /// <summary>Once: what is begun on disk and not followed was begun by an agent that died.</summary>
    private void Recover()
    {
        if (_recovered) return;
        foreach (var record in folder.At(RunStep.Begun))
        {
            log.LogWarning("Execution {Execution} of {Process} was under way when the agent stopped: it is not run again", record.ExecutionId, record.Name);
            LeftBehind.Kill(record.ExecutionId);
            folder.Keep(record.EndedAs(RunStatus.Aborted, "The agent stopped while it ran."));
        }

        folder.ClearAll();
        _recovered = true;
    }

    private bool IsToBegin(AskedRun run) =>
        run.CancelRequestedBy is null && (folder.Find(run.ExecutionId) is { } record ? record.Step == RunStep.Claimed : run.Status != RunStatus.Started);

    /// <summary>What this agent runs was begun before it asked, so what is not among all that was told has ended: another agent of the Atom told its end.</summary>
    private void KillOver()
    {
        var open = _asked.Select(run => run.ExecutionId).ToHashSet();
        foreach (var (executionId, running) in _running.Where(running => !open.Contains(running.Key)))
        {
            // It ends right now by itself, perhaps, and told so.
            if (folder.Find(executionId) is not { Step: RunStep.Begun } record) continue;
            log.LogWarning("Execution {Execution} of {Process} is over for the engine and does not run on", executionId, record.Name);
            running.Command.Kill("It was ended elsewhere.");
        }
    }

    private async Task CancelAsync(AskedRun run, CancellationToken cancellation)
    {
        var (why, record) = ($"Cancelled by {run.CancelRequestedBy}.", folder.Find(run.ExecutionId));
        if (_running.TryGetValue(run.ExecutionId, out var running)) running.Command.Kill(why);
        // The engine does not know what it was told.
        else if (record is { Step: RunStep.Told }) await TellAsync(record, cancellation);
        // Begun by none it ends here. Begun by another agent it does so too, which kills it then (KillOver): that one may have lost its disk.
        else if (record is null or { Step: RunStep.Claimed }) await OverAsync(RunRecord.Of(run, RunStep.Ended), RunStatus.Aborted, why, cancellation);
    }

    private async Task BeginAsync(AskedRun run, KeptVersion current, CancellationToken cancellation)
    {
        if (folder.Find(run.ExecutionId) is not { } record) folder.Write(record = RunRecord.Of(run, RunStep.Claimed, current));
        if (!await reports.ClaimAsync(record, cancellation))
        {
            folder.Forget(run.ExecutionId);
            return;
        }

        if (record.Version != current)
        {
            await OverAsync(record, RunStatus.Aborted, $"Version {record.Version?.VersionNumber} is not here any more.", cancellation);
            return;
        }

        try
        {
            var extensions = await engine.ExtensionsAsync(run.ExecutionId, cancellation);
            var start = RunInput.Prepare(options.Run!, folder.Make(run.ExecutionId), bundles.Bundle(current.Digest), run, current, extensions);
            folder.Write(record = record with { Step = RunStep.Begun });
            var command = RunningCommand.Start(run.ExecutionId, start);
            log.LogInformation("Execution {Execution} of {Process} version {Version} runs", run.ExecutionId, run.ProcessName, current.VersionNumber);
            // Held back until it is in the list, where it would be looked for in vain.
            var listed = new TaskCompletionSource();
            _running[run.ExecutionId] = (command, FollowAsync(record, command, listed.Task));
            listed.SetResult();
        }
        // What somebody in between says is no end of it: it begins when the engine is heard again.
        catch (Exception e) when (e is EngineSaysNoException { IsEngines: true } or IOException or UnauthorizedAccessException or InvalidDataException or Win32Exception or ArgumentException)
        {
            folder.Clear(run.ExecutionId);
            await OverAsync(record, RunStatus.Error, $"It could not be started: {e.Message}", cancellation);
        }
    }

    private async Task FollowAsync(RunRecord record, RunningCommand command, Task listed)
    {
        await listed;
        using (command)
        {
            var ended = await command.EndAsync(record);
            log.LogInformation("Execution {Execution} of {Process} ended as {Status}: {Message}", ended.ExecutionId, ended.Name, ended.Status, ended.Message);
            try
            {
                folder.Keep(ended);
                folder.Clear(record.ExecutionId);
                await reports.EndAsync(ended, CancellationToken.None);
            }
            catch (EngineTroubleException e)
            {
                ToldLater(ended, e);
            }
            finally
            {
                _running.TryRemove(record.ExecutionId, out _);
            }
        }

        // There is room for another, and something to tell perhaps.
        wake.Call(0);
    }

    /// <summary>It is over without having run, on disk first if that takes it.</summary>
    private async Task OverAsync(RunRecord record, string status, string message, CancellationToken cancellation)
    {
        var ended = record.EndedAs(status, message);
        folder.Keep(ended);
        await TellAsync(ended, cancellation);
    }
}
