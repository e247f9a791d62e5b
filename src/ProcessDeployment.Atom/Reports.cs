using Microsoft.Extensions.Logging;

namespace ProcessDeployment.AtomAgent;

/// <summary>
/// Tells the engine how the Atom is and what it downloaded. A report is written down with its id before it is sent, so that
/// whenever it is sent again it takes effect once.
/// </summary>
internal sealed class Reports(AgentOptions options, EngineClient engine, BundleFolder folder, ILogger<Reports> log)
{
    public const string Online = "ONLINE";
    public const string Offline = "OFFLINE";
    public const int LongestMessage = 2_000;

    public Task<ReportOutcome> StatusAsync(string status, CancellationToken cancellation) =>
        engine.SendAsync(Guid.CreateVersion7(), "processdeployment.report-atom-status.v1", new { atomId = options.AtomId, status }, cancellation);

    public Task DownloadedAsync(DesiredProcess process, CancellationToken cancellation) => SendAsync(process, "downloaded", null, cancellation);

    public Task FailedAsync(DesiredProcess process, string message, CancellationToken cancellation) =>
        SendAsync(process, "failed", message.Length > LongestMessage ? message[..LongestMessage] : message, cancellation);

    /// <summary>Sends what was written down and perhaps not sent.</summary>
    public async Task<KeptProcess> SendPendingAsync(KeptProcess kept, CancellationToken cancellation)
    {
        if (kept.Pending is not { } report) return kept;
        var data = new { atomId = options.AtomId, processId = kept.ProcessId, versionNumber = report.VersionNumber, digest = report.Digest, status = report.Status, message = report.Message };
        try
        {
            var outcome = await engine.SendAsync(report.CommandId, "processdeployment.acknowledge-version.v1", data, cancellation);
            if (outcome.Refusal is { } refusal) log.LogWarning("The engine refused the report of version {Version} of {Process}: {Code}, {Message}", report.VersionNumber, kept.Name, refusal.Code, refusal.Message);
        }
        catch (EngineSaysNoException e)
        {
            log.LogError("The report of version {Version} of {Process} is not taken: {Reason}", report.VersionNumber, kept.Name, e.Message);
        }

        var sent = kept with { Pending = null };
        folder.Write(sent);
        return sent;
    }

    private async Task SendAsync(DesiredProcess process, string status, string? message, CancellationToken cancellation)
    {
        var kept = folder.Read(process.ProcessId) with { Name = process.Name, Pending = new(Guid.CreateVersion7(), process.VersionNumber, process.Digest, status, message) };
        folder.Write(kept);
        await SendPendingAsync(kept, cancellation);
    }
}
