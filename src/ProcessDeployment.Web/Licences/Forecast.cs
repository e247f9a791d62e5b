using System.Text.Json;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Web.Licences;

/// <summary>What would be used if the Processes that are revised and attached were deployed now, all in one step.</summary>
/// <param name="Processes">How many those are.</param>
/// <param name="LeftOut">Those that cannot be deployed, since a component is missing.</param>
/// <param name="IsCut">There are more.</param>
public sealed record Forecast(int Processes, int LeftOut, bool IsCut)
{
    private const int AtOnce = 500;
    private const int MostPages = 10;
    private const int MostLeftOut = 20;
    private IReadOnlyList<PoolPreview> Pools { get; init; } = [];

    /// <summary>Why nothing is known.</summary>
    public string? Unknown { get; init; }

    public int? Then(LicencePool pool) =>
        Unknown is not null ? null : Pools.FirstOrDefault(then => then.Class == pool.Class && then.Classification == pool.Classification)?.UsedAfter ?? pool.Used;

    public static async Task<Forecast> LoadAsync(EngineApi api, CancellationToken cancellation)
    {
        var (waiting, isCut) = await WaitingAsync(api, cancellation);
        for (var leftOut = 0; waiting.Count > 0; leftOut++)
        {
            var preview = await api.PreviewAsync(new DeployProcesses { ProcessIds = waiting }, cancellation);
            var refusal = preview.Outcome.Refusal;
            if (refusal is null or { Code: RefusalCodes.LicenceExceeded }) return new(waiting.Count, leftOut, isCut) { Pools = preview.Licences?.Pools ?? [] };
            // Only those that could be deployed count; the refusal says which could not.
            var broken = refusal.Code == RefusalCodes.MissingComponent ? refusal.Details?.Deserialize<PathDetails>(WireJson.Options)?.Path[0] : null;
            if (leftOut == MostLeftOut || broken is not { } processId || !waiting.Remove(processId)) return new(waiting.Count, leftOut, isCut) { Unknown = refusal.Message };
        }

        return new(0, 0, isCut);
    }

    /// <summary>Those that a deployment would give Atoms something new.</summary>
    private static async Task<(List<Guid> Waiting, bool IsCut)> WaitingAsync(EngineApi api, CancellationToken cancellation)
    {
        var waiting = new List<Guid>();
        for (var page = 0; page < MostPages; page++)
        {
            var part = await api.ProcessesAsync(new(Revised: true), page * AtOnce, AtOnce, cancellation);
            waiting.AddRange(part.Items.Where(process => process.Atoms.Count > 0).Select(process => process.ProcessId));
            if (waiting.Count > Limits.Ids) return (waiting[..Limits.Ids], true);
            if (part.Items.Count < AtOnce) return (waiting, false);
        }

        return (waiting, true);
    }
}
