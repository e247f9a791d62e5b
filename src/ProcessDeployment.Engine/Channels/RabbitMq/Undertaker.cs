using System.Threading.Channels;
using ProcessDeployment.Engine.DeadLetters;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>Buries messages many at a time, beside the lanes: a flood of malformed ones delays nobody else.</summary>
internal sealed class Undertaker(DeadLetterStore deadLetters, Action<Answer> tell, ILogger log)
{
    private const int Most = 200;

    /// <summary>Between attempts while the database takes nothing.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<(Burial Burial, Answer Answer)> _waiting = Channel.CreateUnbounded<(Burial, Answer)>(new() { SingleReader = true });

    public void Bury(Burial burial, Answer answer) => _waiting.Writer.TryWrite((burial, answer));

    public async Task RunAsync(CancellationToken cancellation)
    {
        var batch = new List<(Burial Burial, Answer Answer)>(Most);
        while (await _waiting.Reader.WaitToReadAsync(cancellation))
        {
            batch.Clear();
            while (batch.Count < Most && _waiting.Reader.TryRead(out var next)) batch.Add(next);
            await BuryAsync([.. batch.Select(next => next.Burial)], cancellation);
            foreach (var (_, answer) in batch) tell(answer);
        }
    }

    /// <summary>As long as it takes: the broker keeps the messages meanwhile.</summary>
    private async Task BuryAsync(IReadOnlyList<Burial> burials, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await deadLetters.BuryAsync(burials, cancellation);
                return;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                log.LogError(e, "{Count} messages could not be put to the dead letters and wait", burials.Count);
                await Task.Delay(Pause, cancellation);
            }
        }
    }
}
