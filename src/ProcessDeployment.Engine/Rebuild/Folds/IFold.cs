using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>
/// All events of some accounts in one pass, kept in memory as what they come to and written as rows once: what a read model
/// reaches by an update for each event. What grows with the number of events goes out as soon as nothing can change it.
/// </summary>
internal interface IFold
{
    /// <summary>The events it looks at, and what of them; the rest need not be read. Null for all of all.</summary>
    IReadOnlyCollection<Wanted>? Wants { get; }

    /// <summary>Whether it wants what is kept beside them too.</summary>
    bool WantsWhole { get; }

    /// <summary>Where its rows go.</summary>
    IReadOnlyList<TableCopy> Tables { get; }

    /// <summary>Takes the next event of its account.</summary>
    void Add(Recorded recorded);

    /// <summary>There are no more: what holds now becomes rows.</summary>
    void Complete();
}
