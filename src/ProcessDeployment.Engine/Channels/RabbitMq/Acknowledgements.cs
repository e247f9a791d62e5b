namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>
/// Deliveries of one AMQP channel (tags 1, 2, 3 …) that are finished, in any order. One acknowledgement covers all up to a tag,
/// so only what is finished without a gap may be covered. A delivery that is held is a gap for minutes: those after it are acknowledged one by one.
/// </summary>
internal sealed class Acknowledgements
{
    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _finished = [];
    private readonly SortedSet<ulong> _held = [];
    private readonly HashSet<ulong> _single = [];
    private ulong _covered;

    public void Finish(ulong tag)
    {
        lock (_gate)
        {
            _held.Remove(tag);
            _finished.Add(tag);
        }
    }

    /// <summary>Keeps a delivery unacknowledged until it is finished, unless that would be too many: each takes the place of another one.</summary>
    public bool TryHold(ulong tag, int most)
    {
        lock (_gate) return _held.Count < most && _held.Add(tag);
    }

    /// <summary>What to acknowledge now, in this order; nothing when the oldest is still at work.</summary>
    public IReadOnlyList<Acknowledgement> Next()
    {
        lock (_gate)
        {
            var due = new List<Acknowledgement>();
            ulong last = 0;
            while (true)
            {
                if (_finished.Remove(_covered + 1)) last = _covered + 1;
                else if (!_single.Remove(_covered + 1)) break;
                _covered++;
            }

            // The broker knows a tag it has an acknowledgement of no longer, so the last one must not have its own.
            if (last > 0) due.Add(new(last, WithAllBefore: true));
            if (_held.Count == 0) return due;
            foreach (var tag in _finished.Where(tag => tag > _held.Min).Order().ToList())
            {
                _finished.Remove(tag);
                _single.Add(tag);
                due.Add(new(tag, WithAllBefore: false));
            }

            return due;
        }
    }
}

/// <summary>An acknowledgement that is due.</summary>
/// <param name="Tag">The delivery.</param>
/// <param name="WithAllBefore">Whether it is for all before it, too.</param>
internal readonly record struct Acknowledgement(ulong Tag, bool WithAllBefore);
