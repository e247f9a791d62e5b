using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Sample;

/// <summary>
/// Plays the sample account into a fresh private database. Its commands have fixed ids, so that a play that was cut off
/// is completed by playing again; a given database never gets it.
/// </summary>
public sealed class SamplePlayer(ICommandPipeline pipeline, TimeProvider clock)
{
    /// <summary>Sent ahead of their answers, so that the pipeline can make batches of them.</summary>
    private const int Ahead = 250;

    /// <returns>How many commands were played.</returns>
    public async Task<int> PlayAsync(string accountId, CancellationToken ct)
    {
        var commands = SampleAccount.Commands(accountId, clock.GetUtcNow());
        foreach (var some in commands.Chunk(Ahead))
        {
            // The lane of an account keeps the order in which commands are handed to it.
            List<Task<Outcome>> outcomes = [.. some.Select(command => pipeline.SubmitAsync(new(command, Channels.Sample), ct))];
            await Task.WhenAll(outcomes);
        }

        return commands.Count;
    }
}
