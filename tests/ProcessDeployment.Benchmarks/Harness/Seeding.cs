using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>Brings a workload into the database the way every command comes in, many at a time.</summary>
internal static class Seeding
{
    private const int InFlight = 4_000;

    public static async Task SeedAsync(ICommandPipeline pipeline, Workload workload)
    {
        await SendAsync(pipeline, workload.SharedComponents);
        await SendAsync(pipeline, workload.Items);
    }

    public static async Task DeployAsync(ICommandPipeline pipeline, string accountId, IReadOnlyList<Guid> processIds)
    {
        foreach (var part in processIds.Chunk(Limits.Ids))
        {
            await DoAsync(pipeline, new DeployProcesses { AccountId = accountId, Actor = "kim@example.com", ProcessIds = part });
        }
    }

    public static async Task DoAsync(ICommandPipeline pipeline, Command command)
    {
        var parsed = CommandParser.Parse(CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//benchmark", command), CommandDefaults.None);
        var outcome = await pipeline.SubmitAsync(new(parsed.Envelope!, Channels.Http));
        if (outcome.Status == OutcomeStatus.Refused) throw new InvalidOperationException($"A command was refused: {outcome.Refusal?.Message}");
    }

    public static async Task SubmitAsync(ICommandPipeline pipeline, Revision revision)
    {
        // Parsing is part of the work of every channel.
        var parsed = CommandParser.Parse(revision.Next(Guid.CreateVersion7()), CommandDefaults.None);
        var outcome = await pipeline.SubmitAsync(new(parsed.Envelope!, Channels.Http));
        if (outcome.Status != OutcomeStatus.Accepted) throw new InvalidOperationException($"A save was {outcome.Status}: {outcome.Refusal?.Message}");
    }

    public static async Task SendAsync(ICommandPipeline pipeline, IReadOnlyList<Revision> revisions)
    {
        foreach (var part in revisions.Chunk(InFlight)) await Task.WhenAll(part.Select(revision => SubmitAsync(pipeline, revision)));
    }
}
