namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>
/// Deliveries of one AMQP channel (tags 1, 2, 3 …) that are finished, in any order. One acknowledgement covers all up to a tag,
/// so only what is finished without a gap may be covered.
/// </summary>
internal sealed class Acknowledgements
{
    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _finished = [];
    private ulong _covered;

    public void Finish(ulong tag)
    {
        lock (_gate) _finished.Add(tag);
    }

    /// <summary>The tag to acknowledge now, with all before it; null when the oldest is still at work.</summary>
    public ulong? Next()
    {
        lock (_gate)
        {
            var before = _covered;
            while (_finished.Remove(_covered + 1)) _covered++;
            return _covered > before ? _covered : null;
        }
    }
}
