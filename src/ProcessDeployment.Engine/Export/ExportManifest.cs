namespace ProcessDeployment.Engine.Export;

/// <summary>What a bundle is about, and the hash of each of its files.</summary>
/// <param name="Format">How to read it.</param>
/// <param name="AccountId">The account.</param>
/// <param name="FirstPosition">The first line of <c>events.jsonl</c>.</param>
/// <param name="LastPosition">The last line of <c>events.jsonl</c>.</param>
/// <param name="Size">Size of the account's tree in the checkpoint.</param>
/// <param name="Events">How many lines <c>events.jsonl</c> has.</param>
/// <param name="From">The period begins here.</param>
/// <param name="To">It ends before this.</param>
/// <param name="PeriodFirst">The first position of the period; what comes before it is there to prove that.</param>
/// <param name="PeriodLast">The last position of the period; one less than the first when nothing happened in it.</param>
/// <param name="Closed">The period was over when the checkpoint was made, so that nothing can be missing from it.</param>
/// <param name="Files">SHA-256 of each other file, in hexadecimal digits.</param>
internal sealed record ExportManifest(
    string Format, string AccountId, long FirstPosition, long LastPosition, long Size, long Events, DateTimeOffset? From, DateTimeOffset? To,
    long PeriodFirst, long PeriodLast, bool Closed, IReadOnlyDictionary<string, string> Files)
{
    public static ExportManifest Of(ExportScope scope, IReadOnlyDictionary<string, string> files) => new(
        "processdeployment-export/1", scope.AccountId, scope.FirstLine, scope.LastLine, scope.Size, scope.Lines, scope.From, scope.To, scope.First, scope.Last, scope.IsClosed, files);
}
