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
        while (Next() is { Count: > 0 } batches)
        {
            await attempts.RunAsync(batches);
            GoOn(batches);
        }
    }

    /// <summary>The longest waiting lane and, while that makes a small batch, those after it that fit in; none when nothing waits.</summary>
    private List<LaneBatch> Next()
    {
        lock (_gate)
        {
            var batches = new List<LaneBatch>();
            for (var room = options.BatchSize; _ready.TryPeek(out var lane) && (batches.Count == 0 || lane.Count <= room); _ready.Dequeue())
            {
                batches.Add(new(lane, lane.Take(options.BatchSize)));
                room = options.SharedSize - batches.Sum(batch => batch.Waiting.Count);
                if (room > 0) continue;
                _ready.Dequeue();
                break;
            }

            if (batches.Count == 0) _workers--;
            return batches;
        }
    }

    private void GoOn(IReadOnlyList<LaneBatch> batches)
    {
        lock (_gate)
        {
            foreach (var batch in batches)
            {
                if (!batch.Lane.Leaves())
                {
                    _ready.Enqueue(batch.Lane);
                    continue;
                }

                _lanesAtWork--;
                left(batch.Lane);
            }

            Employ();
        }
    }

    /// <summary>Few workers for small batches, so that these are shared; more for those that are large by themselves.</summary>
    private void Employ()
    {
        if (!_ready.TryPeek(out var lane) || _workers >= (lane.Count < options.SharedSize ? options.SharedParallelism : options.Parallelism)) return;
        _workers++;
        _ = Task.Run(WorkAsync);
    }
}

/// <summary>What a lane has at work.</summary>
internal sealed record LaneBatch(AccountLane Lane, IReadOnlyList<AccountLane.Waiting> Waiting);
