using System.Diagnostics;

namespace ProcessDeployment.Fuzzing.Harness;

/// <summary>Nobody can stop a thread that does not come back, so the program says which input it was and ends.</summary>
internal sealed class Watch : IDisposable
{
    private readonly Timer _timer;
    private readonly Target _target;
    private readonly ulong _seed;
    private long _begin;
    private long _execution;
    private byte[] _input = [];

    public Watch(Target target, ulong seed)
    {
        (_target, _seed) = (target, seed);
        _timer = new(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Begins(long execution, byte[] input)
    {
        (_execution, _input) = (execution, input);
        Volatile.Write(ref _begin, Stopwatch.GetTimestamp());
    }

    public void Ends() => Volatile.Write(ref _begin, 0);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var begin = Volatile.Read(ref _begin);
        if (begin != 0 && Stopwatch.GetElapsedTime(begin) > FuzzRun.Bound)
            Environment.FailFast(new Finding(_target.Name, _seed, _execution, _input, new TimeoutException($"It did not end within {FuzzRun.Bound}.")).ToString());
    }
}
