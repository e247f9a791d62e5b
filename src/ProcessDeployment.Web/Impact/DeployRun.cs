namespace ProcessDeployment.Web.Impact;

/// <summary>
/// Deploys some Processes, one after another: one that is refused does not stop the others. Where there is no answer it stops,
/// and goes on with the same command, so that nothing happens twice.
/// </summary>
/// <param name="processes">In this order.</param>
/// <param name="note">The note of each.</param>
/// <param name="reason">Why, where the account asks for that.</param>
/// <param name="environmentId">Where, when the account uses environments.</param>
public sealed class DeployRun(IReadOnlyList<AffectedProcess> processes, string? note, string reason, Guid? environmentId)
{
    private bool _isStopping;

    public IReadOnlyList<AffectedProcess> Processes { get; } = processes;

    public bool IsRunning { get; private set; }

    /// <summary>It was asked to stop, and does after the one that is under way.</summary>
    public bool IsStopping => IsRunning && _isStopping;

    public int Done => Processes.Count(IsDone);

    public bool IsOver => !IsRunning && Done == Processes.Count;

    /// <summary>Begins, or goes on with those that have no answer.</summary>
    /// <param name="progress">Called between them.</param>
    public async Task GoOnAsync(Action progress)
    {
        if (IsRunning) return;
        (IsRunning, _isStopping) = (true, false);
        try
        {
            foreach (var process in Processes.Where(process => !IsDone(process)))
            {
                if (_isStopping) break;
                progress();
                await process.DeployAsync(note, reason, environmentId);
                // Nobody knows whether it arrived, nor whether the next would.
                if (process.Submission.IsOpen) break;
            }
        }
        finally
        {
            IsRunning = false;
        }
    }

    public void Stop() => _isStopping = true;

    private static bool IsDone(AffectedProcess process) => process.IsBegun && !process.Submission.IsOpen;
}
