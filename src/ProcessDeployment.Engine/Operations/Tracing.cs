using System.Diagnostics;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Operations;

/// <summary>
/// A command as a trace: what carried it in, its wait and effect, the batch that took it, and that batch's commit. A batch
/// belongs to the trace of its first command and is linked to all others. Without a listener nothing of this is made.
/// </summary>
internal static class Tracing
{
    public const string Name = "ProcessDeployment";

    private static readonly ActivitySource Source = new(Name);

    public static bool IsOn => Source.HasListeners();

    /// <summary>Below the request that carries it; over other channels below the sender's own trace, if the CloudEvent names one.</summary>
    public static Activity? Command(IncomingCommand command)
    {
        ActivityContext parent = default;
        if (Activity.Current is null && command.Envelope.Extensions?.GetValueOrDefault("traceparent") is { } sender)
            _ = ActivityContext.TryParse(sender, traceState: null, isRemote: true, out parent);
        return Source.StartActivity("command", ActivityKind.Internal, parent)?
            .SetTag("command.id", command.Envelope.CommandId)
            .SetTag("command.type", command.Envelope.Type)
            .SetTag("command.channel", command.Channel)
            .SetTag("account", command.AccountId);
    }

    public static void Ended(this Activity? activity, Outcome outcome) =>
        activity?.SetTag("outcome.status", outcome.Status.ToString()).SetTag("outcome.replayed", outcome.Replayed).SetTag("outcome.code", outcome.Refusal?.Code);

    public static Activity? Batch(IReadOnlyList<LaneBatch> batches)
    {
        if (!IsOn) return null;
        var commands = batches.SelectMany(batch => batch.Waiting).ToList();
        return Source.StartActivity(ActivityKind.Internal, commands[0].Trace, links: commands.Skip(1).Select(waiting => new ActivityLink(waiting.Trace)), name: "batch")?
            .SetTag("account", string.Join(' ', batches.Select(batch => batch.Lane.AccountId)))
            .SetTag("batch.size", commands.Count);
    }

    public static Activity? Commit() => Source.StartActivity("commit");
}
