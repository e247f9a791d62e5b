using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>For a model whose rows another one's fold writes.</summary>
internal sealed class NoFold : IFold
{
    public static readonly NoFold Instance = new();

    public IReadOnlyCollection<Wanted>? Wants => [];

    public bool WantsWhole => false;

    public IReadOnlyList<TableCopy> Tables => [];

    public void Add(Recorded recorded)
    {
    }

    public void Complete()
    {
    }
}
