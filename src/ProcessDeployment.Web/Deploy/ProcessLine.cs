using ProcessDeployment.Client;
using ProcessDeployment.Web.Wording;

namespace ProcessDeployment.Web.Deploy;

/// <summary>What a row of the list shows, and no more: an open page holds some hundred of them.</summary>
/// <param name="ProcessId">The Process.</param>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="IsBold">Exactly where it is revised since its deployment.</param>
/// <param name="Why">The first reasons why it is bold.</param>
/// <param name="CurrentVersion">The current version; null while nothing is deployed.</param>
/// <param name="Atoms">To how many it is attached.</param>
public sealed record ProcessLine(Guid ProcessId, string Name, string? Folder, bool IsBold, string? Why, int? CurrentVersion, int Atoms)
{
    private const int Few = 5;

    public static ProcessLine Of(ProcessItem item) =>
        new(item.ProcessId, item.Name, item.Folder, item.RevisedSinceDeploy, Reasons(item.Reasons), item.CurrentVersion, item.Atoms.Count);

    private static string? Reasons(IReadOnlyList<Reason> reasons) =>
        reasons.Count <= Few ? Say.Of(reasons) : $"{Say.Of([.. reasons.Take(Few)])}\nand {reasons.Count - Few} more";
}
