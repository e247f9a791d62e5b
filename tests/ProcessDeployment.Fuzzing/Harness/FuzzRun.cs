using System.Diagnostics;

namespace ProcessDeployment.Fuzzing.Harness;

/// <summary>Many executions of one target, from a seed: each can be repeated alone by its number.</summary>
internal sealed class FuzzRun(Target target, ulong seed)
{
    /// <summary>An execution that takes longer, on a processor that others use too, is one that does not end.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private const int MostFindings = 10;

    private readonly SortedDictionary<string, long> _tally = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Finding> _findings = new(StringComparer.Ordinal);

    public long Executions { get; private set; }

    public TimeSpan Took { get; private set; }

    /// <summary>The one that took longest.</summary>
    public (long Execution, TimeSpan Took) Slowest { get; private set; }

    public IReadOnlyDictionary<string, long> Tally => _tally;

    public IReadOnlyCollection<Finding> Findings => _findings.Values;

    public FuzzRun Run(long executions, long first = 0)
    {
        var begin = Stopwatch.GetTimestamp();
        using var watch = new Watch(target, seed);
        for (var execution = first; execution < first + executions && _findings.Count < MostFindings; execution++) One(execution, watch);
        Took = Stopwatch.GetElapsedTime(begin);
        return this;
    }

    private void One(long execution, Watch watch)
    {
        var input = target.Input(Dice.Of(seed, execution));
        var begin = Stopwatch.GetTimestamp();
        watch.Begins(execution, input);
        try
        {
            var became = target.Judge(input);
            _tally[became] = _tally.GetValueOrDefault(became) + 1;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Of each kind the first: what goes wrong once goes wrong often.
            _findings.TryAdd($"{e.GetType().Name} at {e.StackTrace?.Split('\n')[0].Trim()}", new(target.Name, seed, execution, input, e));
        }

        watch.Ends();
        Executions++;
        if (Stopwatch.GetElapsedTime(begin) is var took && took > Slowest.Took) Slowest = (execution, took);
    }
}

/// <summary>An input that a parser did not stand.</summary>
internal sealed record Finding(string Target, ulong Seed, long Execution, byte[] Input, Exception What)
{
    public override string ToString() =>
        $"{Target} --seed {Seed} --only {Execution}\n  input {Convert.ToBase64String(Input.Length > 3_000 ? Input[..3_000] : Input)}{(Input.Length > 3_000 ? $"… of {Input.Length} bytes" : "")}\n  {What}";
}
