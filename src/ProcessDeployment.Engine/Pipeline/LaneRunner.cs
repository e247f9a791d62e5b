namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Works off lanes, those first that wait longest. Small batches of several lanes are worked off together: alone each
/// would pay for its own round trips and its own commit.
/// </summary>
/// <param name="attempts">Sees batches through.</param>
/// <param name="options">How much at once.</param>
/// <param name="left">Told of each lane in which nothing waits any more.</param>
internal sealed class LaneRunner(BatchAttempts attempts, PipelineOptions options, Action<AccountLane> left)
{
    private readonly Lock _gate = new();
    private readonly Queue<AccountLane> _ready = new();
    private int _workers;
    private int _lanesAtWork;
    private long _content;

    public PipelineOptions Options => options;

    /// <summary>Counts its content in, unless too much waits already; none, and what is alone, is never too much.</summary>
    public bool Admits(AccountLane.Waiting waiting)
    {
        var content = Interlocked.Add(ref _content, waiting.Size);
        if (content <= options.WaitingContent || waiting.Size == 0 || content == waiting.Size) return true;
        Dismiss(waiting);
        return false;
    }

    /// <summary>Counts its content out.</summary>
    public void Dismiss(AccountLane.Waiting waiting) => Interlocked.Add(ref _content, -waiting.Size);

    public void Left(AccountLane lane) => left(lane);

    public void Start(AccountLane lane)
    {
        lock (_gate)
        {
            _lanesAtWork++;
            _ready.Enqueue(lane);
            Employ();
        }
    }

    public async Task DrainAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Volatile.Read(ref _lanesAtWork) > 0 && await timer.WaitForNextTickAsync(cancellation)) { }
    }

    private async Task WorkAsync()
    {
        while (Next() is { Count: > 0 } batches) await attempts.RunAsync(batches, GoOn);
    }

    /// <summary>The longest waiting lane and, while that makes a small batch, those after it that fit in; none when nothing waits.</summary>
    private List<LaneBatch> Next()
    {
        lock (_gate)
        {
            var batches = new List<LaneBatch>();
            var (room, content) = (options.SharedSize, options.BatchContent);
            while (room > 0 && content > 0 && _ready.TryPeek(out var lane))
            {
                if (batches.Count > 0 && (lane.Commands > room || lane.Content > content)) break;
                _ready.Dequeue();
                var waiting = lane.Take(options.BatchSize);
                // Whoever was in a hurry may have been told meanwhile that the store does not answer.
                if (waiting.Count == 0) Rest(lane);
                else batches.Add(new(lane, waiting));
                (room, content) = (room - waiting.Count, content - waiting.Sum(each => (long)each.Size));
            }

            if (batches.Count == 0) _workers--;
            return batches;
        }
    }

    private void GoOn(LaneBatch batch)
    {
        lock (_gate)
        {
            Rest(batch.Lane);
            Employ();
        }
    }

    /// <summary>What waits in a lane comes after what waits in others; without anything it leaves.</summary>
    private void Rest(AccountLane lane)
    {
        if (lane.Leaves()) _lanesAtWork--;
        else _ready.Enqueue(lane);
    }

    /// <summary>Few workers for small batches, so that these are shared; more for those that are large by themselves.</summary>
    private void Employ()
    {
        if (!_ready.TryPeek(out var lane) || _workers >= (lane.Commands < options.SharedSize ? options.SharedParallelism : options.Parallelism)) return;
        _workers++;
        _ = Task.Run(WorkAsync);
    }
}

/// <summary>What a lane has at work.</summary>
internal sealed record LaneBatch(AccountLane Lane, IReadOnlyList<AccountLane.Waiting> Waiting);
