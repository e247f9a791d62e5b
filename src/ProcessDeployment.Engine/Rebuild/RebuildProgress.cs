using System.Diagnostics;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>How far the job of this process is; written by its work, read by whoever tells operators.</summary>
internal sealed class RebuildProgress
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _read;

    public string Phase { get; set; } = RebuildPhases.Preparing;

    public long EventsTotal { get; set; }

    public long EventsRead => Interlocked.Read(ref _read);

    public double EventsPerSecond => Stopwatch.GetElapsedTime(_began) is { TotalSeconds: > 0 } elapsed ? EventsRead / elapsed.TotalSeconds : 0;

    public void Read(long events) => Interlocked.Add(ref _read, events);
}
