using ProcessDeployment.Engine.Ledger;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>
/// Bundles that were written before. Names travel from one event into the words about others, so all of the account go; they
/// are made again when somebody asks. Other nodes see for themselves that theirs are out of date.
/// </summary>
internal static class KeptExports
{
    public static string FolderOf(LedgerFolder folder, string accountId) => Path.Combine(folder.Path, "exports", accountId);

    public static void Delete(LedgerFolder folder, string accountId)
    {
        var exports = FolderOf(folder, accountId);
        if (!Directory.Exists(exports)) return;
        foreach (var file in Directory.EnumerateFiles(exports)) File.Delete(file);
    }
}
