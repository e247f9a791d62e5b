using System.Text.Json;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>An element that belongs to a set from one position to another.</summary>
/// <param name="Owner">Whose set it is.</param>
/// <param name="Element">What belongs to it.</param>
/// <param name="ValidFrom">Since when.</param>
/// <param name="First">Since the first time in this page that the owner says what its set is: the table may hold the element already.</param>
public sealed record Run<TElement>(Subject Owner, TElement Element, long ValidFrom, bool First)
{
    /// <summary>Null while it belongs there.</summary>
    public long? ValidTo { get; set; }
}

/// <summary>The first time in a page that an owner says what its set is.</summary>
public sealed record SetStart<TElement>(Subject Owner, long Position)
{
    /// <summary>The elements that the set has then. What the table holds beyond them ends at <see cref="Position"/>.</summary>
    public List<Run<TElement>> Runs { get; } = [];

    /// <summary>Those elements and where each ends. A map in each row, since joining rows with rows would be done pair by pair.</summary>
    public string Kept(Func<TElement, string> identity) => JsonSerializer.Serialize(Runs.ToDictionary(r => identity(r.Element), r => r.ValidTo), ReadModelJson.Default.Kept);
}

/// <summary>Sets that are stated whole again and again and differ little: only differences become rows.</summary>
public sealed class SetTimeline<TElement>
    where TElement : notnull
{
    private readonly Dictionary<Subject, Dictionary<TElement, Run<TElement>>> _open = [];

    public List<SetStart<TElement>> Starts { get; } = [];

    public List<Run<TElement>> Runs { get; } = [];

    public void Stated(Subject owner, long position, IEnumerable<TElement> elements)
    {
        var start = _open.TryGetValue(owner, out var open) ? null : new SetStart<TElement>(owner, position);
        if (open is null) _open.Add(owner, open = []);
        if (start is not null) Starts.Add(start);

        var stated = elements.ToHashSet();
        foreach (var (element, run) in open.Where(held => !stated.Contains(held.Key)).ToList())
        {
            run.ValidTo = position;
            open.Remove(element);
        }

        foreach (var element in stated.Where(element => !open.ContainsKey(element)))
        {
            var run = new Run<TElement>(owner, element, position, First: start is not null);
            open.Add(element, run);
            Runs.Add(run);
            start?.Runs.Add(run);
        }
    }
}
