using Microsoft.Extensions.Logging;
using ProcessDeployment.AtomAgent.Runs;

namespace ProcessDeployment.AtomAgent;

/// <summary>One look at what is desired, and all that follows from it.</summary>
internal sealed class Pass(AgentOptions options, EngineClient engine, BundleFolder folder, Downloads downloads, Reports reports, Runner runner, ILogger<Pass> log)
{
    private readonly Dictionary<string, Backoff> _failed = new(StringComparer.Ordinal);
    private DesiredState? _state;
    private string? _tag;

    /// <summary>What is desired, as far as is known.</summary>
    public DesiredState? State => _state;

    /// <summary>Brings the disk to what is desired, runs what is asked for, and tells the engine.</summary>
    /// <returns>How long to wait before what failed is tried again; null when all is well.</returns>
    public async Task<TimeSpan?> RunAsync(long atLeast, bool thorough, CancellationToken cancellation)
    {
        foreach (var kept in folder.All()) await reports.SendPendingAsync(kept, cancellation);
        var asked = await runner.LookAsync(atLeast, cancellation);
        // Of a pass that is cut off nothing is done yet, whatever the tag says.
        var known = _tag;
        _tag = null;
        var (state, tag) = await engine.DesiredAsync(known, asked, cancellation);
        _state = state ?? _state!;
        if (_state.Status != Reports.Online) await reports.StatusAsync(Reports.Online, cancellation);
        foreach (var process in _state.Items) await BringAsync(process, thorough, cancellation);
        _tag = tag;
        Drop(_state);
        await runner.BeginAsync(_state, cancellation);
        return Next();
    }

    private async Task BringAsync(DesiredProcess process, bool thorough, CancellationToken cancellation)
    {
        if (_failed.TryGetValue(process.Digest, out var failure) && !failure.IsDue) return;
        try
        {
            if (!await IsHereAsync(process, thorough, cancellation))
            {
                await downloads.FetchAsync(process.Digest, cancellation);
                log.LogInformation("{Process} version {Version} is here: {Digest}", process.Name, process.VersionNumber, process.Digest);
            }

            var kept = folder.Read(process.ProcessId);
            var current = new KeptVersion(process.VersionNumber, process.Digest);
            if (kept.Current != current) folder.Write(kept with { Name = process.Name, Current = current });
            _failed.Remove(process.Digest);
            if (kept.Current != current || !process.IsAcknowledged) await reports.DownloadedAsync(process, cancellation);
        }
        catch (Exception e) when (e is BundleRefusedException or EngineSaysNoException or IOException or UnauthorizedAccessException)
        {
            log.LogError("{Process} version {Version} could not be downloaded: {Reason}", process.Name, process.VersionNumber, e.Message);
            if (failure is null) _failed.Add(process.Digest, failure = new(options.Retry));
            failure.Failed();
            if (process.Download is not { Status: "DownloadFailed" } told || told.Message != e.Message) await reports.FailedAsync(process, e.Message, cancellation);
        }
    }

    /// <summary>One that was altered is named, to whoever reads the log and to the engine, and fetched again.</summary>
    private async Task<bool> IsHereAsync(DesiredProcess process, bool thorough, CancellationToken cancellation)
    {
        try
        {
            return folder.Has(process.Digest, thorough);
        }
        catch (BundleRefusedException e)
        {
            log.LogError("{Reason}; it is fetched again", e.Message);
            await reports.FailedAsync(process, e.Message, cancellation);
            return false;
        }
    }

    /// <summary>What is not desired does not stay, but for what still runs because its successor is not here.</summary>
    private void Drop(DesiredState state)
    {
        var desired = state.Items.ToDictionary(process => process.ProcessId, process => process.Digest);
        foreach (var kept in folder.All().Where(kept => !desired.ContainsKey(kept.ProcessId)))
        {
            log.LogInformation("{Process} is not deployed here any more", kept.Name);
            folder.Forget(kept.ProcessId);
        }

        var wanted = desired.Values.Concat(folder.All().Select(kept => kept.Current?.Digest).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        folder.KeepOnly(wanted);
        foreach (var digest in _failed.Keys.Where(digest => !wanted.Contains(digest)).ToList()) _failed.Remove(digest);
    }

    private TimeSpan? Next() => _failed.Count == 0 ? null : _failed.Values.Min(failure => failure.Left);
}
