using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Where the statements of a page go: into the daemon's transaction, or into that of a rebuild.</summary>
internal interface IPageBatch
{
    void Add(PageCommand command);
}

/// <summary>A statement over rows given as arrays, one <c>^</c> for each.</summary>
/// <param name="Statement">What it says.</param>
/// <param name="Columns">The arrays.</param>
/// <param name="Complaint">Says what is wrong with the number it answers with; null for a statement that answers nothing.</param>
internal sealed record PageCommand(string Statement, IReadOnlyList<RowColumn> Columns, Func<long, string?>? Complaint);
