using System.Diagnostics;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>How far the job of this process is; written by its work, read by whoever tells operators.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asked for holds nothing that is to be given back.
internal sealed class RebuildProgress
#pragma warning restore CA1001
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly SemaphoreSlim _entered = new(0);
    private long _read;

    public string Phase
    {
        get;
        set
        {
            if (field == value) return;
            field = value;
            _entered.Release();
        }
    } = RebuildPhases.Preparing;

    public long EventsTotal { get; set; }

    public long EventsRead => Interlocked.Read(ref _read);

    public double EventsPerSecond => Stopwatch.GetElapsedTime(_began) is { TotalSeconds: > 0 } elapsed ? EventsRead / elapsed.TotalSeconds : 0;

    /// <summary>Until another phase is entered, or so long.</summary>
    public Task ChangedAsync(TimeSpan atMost, CancellationToken cancellation) => _entered.WaitAsync(atMost, cancellation);

    public void Read(long events) => Interlocked.Add(ref _read, events);
}
