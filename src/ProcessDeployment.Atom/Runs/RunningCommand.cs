using System.ComponentModel;
using System.Diagnostics;

namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>The command of a run at work.</summary>
internal sealed class RunningCommand : IDisposable
{
    /// <summary>What it left running may hold its output open; the end is not waited for that long.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Guid _executionId;
    private readonly Process _process;
    private readonly LogTail _tail = new();
    private readonly Task _reading;
    private string? _killedFor;

    private RunningCommand(Guid executionId, Process process)
    {
        (_executionId, _process) = (executionId, process);
        process.StandardInput.Close();
        _reading = Task.WhenAll(_tail.FollowAsync(process.StandardOutput), _tail.FollowAsync(process.StandardError));
    }

    /// <exception cref="Win32Exception">The system does not start it.</exception>
    public static RunningCommand Start(Guid executionId, ProcessStartInfo start) => new(executionId, Process.Start(start)!);

    /// <summary>Ends it and all it started. It may be over meanwhile (R41).</summary>
    public void Kill(string why)
    {
        Interlocked.CompareExchange(ref _killedFor, why, null);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // Over already.
        }

        LeftBehind.Kill(_executionId);
    }

    /// <summary>How it ended, once it has.</summary>
    public async Task<RunRecord> EndAsync(RunRecord record)
    {
        await _process.WaitForExitAsync();
        await Task.WhenAny(_reading, Task.Delay(LastWords));
        var code = _process.ExitCode;
        return code == 0 ? record.EndedAs(RunStatus.Complete, "Exit code 0.", _tail.Text())
            : Volatile.Read(ref _killedFor) is { } why ? record.EndedAs(RunStatus.Aborted, why, _tail.Text())
            : record.EndedAs(RunStatus.Error, $"Exit code {code}.", _tail.Text());
    }

    public void Dispose() => _process.Dispose();
}

/// <summary>How runs end, in the words of the engine.</summary>
internal static class RunStatus
{
    public const string Started = "STARTED";
    public const string Complete = "COMPLETE";
    public const string Error = "ERROR";
    public const string Aborted = "ABORTED";
}
