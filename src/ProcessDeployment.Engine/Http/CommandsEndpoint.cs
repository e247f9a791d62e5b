using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Access;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Http;

/// <summary>Commands over HTTP: one or a batch, the outcome in the answer, after the commit.</summary>
internal static class CommandsEndpoint
{
    public static void MapCommands(this IEndpointRouteBuilder api) => api.MapPost("/commands", SendAsync)
        .WithName("send-commands")
        .WithTags("Commands")
        .WithSummary("Send one command or a batch")
        .WithDescription(
            $"""
            One CloudEvents 1.0 object, or a list of up to {Limits.BatchCommands}. `id` is the command id: its effect happens once for ever, a repeat returns the
            first outcome with `replayed: true`. Account and actor come from the credentials; a body that says otherwise is malformed.
            A batch is answered item by item in its order. It is no transaction: each command stands for itself.
            After 429, 503 or a lost connection send the same ids again; that is always safe.
            """)
        .WithMetadata(new TakesCommands(), new JudgedUnderTheLock(), new OpenToAtoms(Own: false))
        .Produces<Outcome>(200)
        .Produces<Outcome>(409)
        .Produces<Problem>(400, Problem.ContentType)
        .Produces<Problem>(408, Problem.ContentType)
        .Produces<Problem>(413, Problem.ContentType)
        .Produces<Problem>(415, Problem.ContentType)
        .Produces<Problem>(429, Problem.ContentType)
        .Produces<Problem>(503, Problem.ContentType);

    private static async Task SendAsync(HttpContext context, ICommandPipeline pipeline, ICallers callers)
    {
        var caller = callers.Of(context);
        if (MediaTypes.Of(context.Request) is not { } kind)
        {
            await TurnAwayAsync(context, caller, MediaTypes.Unsupported);
            return;
        }

        ParseResult? one = null;
        BatchParseResult? batch = null;
        using (var body = await CommandBody.ReadAsync(context.Request, kind, context.RequestAborted))
        {
            if (body is null)
            {
                await TurnAwayAsync(context, caller, Problem.TooLarge(CommandBody.LimitOf(kind)));
                return;
            }

            if (body.IsBatch) batch = CommandParser.ParseBatch(body.Bytes, caller.Defaults);
            else one = CommandParser.Parse(body.Bytes, caller.Defaults);
        }

        if (AtomCaller.MayNotSend(context, one is not null ? [one] : batch!.Items) is { } forbidden)
        {
            await forbidden.ExecuteAsync(context);
            return;
        }

        await (one is not null ? AnswerAsync(context, pipeline, caller, one) : AnswerAsync(context, pipeline, caller, batch!));
    }

    /// <summary>No lock stands before this answer.</summary>
    private static async Task TurnAwayAsync(HttpContext context, Caller caller, Problem why)
    {
        await context.RequestServices.GetRequiredService<AccessOfRequest>().ConfirmAsync(context, caller);
        await why.ExecuteAsync(context);
    }

    private static async Task AnswerAsync(HttpContext context, ICommandPipeline pipeline, Caller caller, ParseResult command)
    {
        if (command.IsNewer)
        {
            await TurnAwayAsync(context, caller, Newer(command));
            return;
        }

        if (!command.WellFormed)
        {
            await TurnAwayAsync(context, caller, Refusal(command.Errors, command.TooLarge));
            return;
        }

        var outcome = await pipeline.SubmitAsync(new(command.Envelope, Channels.Http) { Authority = caller.Authority, LetInByMemory = ByMemory(context) }, context.RequestAborted);
        await WriteAsync(context, outcome, outcome.Status == OutcomeStatus.Refused ? 409 : 200);
    }

    private static async Task AnswerAsync(HttpContext context, ICommandPipeline pipeline, Caller caller, BatchParseResult batch)
    {
        if (batch.Errors.Count > 0)
        {
            await TurnAwayAsync(context, caller, Refusal(batch.Errors, batch.TooLarge));
            return;
        }

        // Another node may know it. Before anything is handed over: later commands must not overtake it.
        if (batch.Items.FirstOrDefault(item => item.IsNewer) is { } newer)
        {
            await TurnAwayAsync(context, caller, Newer(newer));
            return;
        }

        if (!batch.Items.All(item => item.WellFormed)) await context.RequestServices.GetRequiredService<AccessOfRequest>().ConfirmAsync(context, caller);
        await WriteAsync(context, await Task.WhenAll(HandOver(batch.Items, pipeline, caller.Authority, ByMemory(context), context.RequestAborted)), 200);
    }

    private static bool ByMemory(HttpContext context) => SeenAccess.Of(context) is { FromMemory: true };

    /// <summary>
    /// All are handed over before the first is waited for, so that the lane sees them together and in order. Where one finds
    /// no room the rest stays outside: it would be judged without what comes before it.
    /// </summary>
    internal static List<Task<object>> HandOver(IEnumerable<ParseResult> items, ICommandPipeline pipeline, Authority authority, bool letInByMemory, CancellationToken cancellation)
    {
        var answers = new List<Task<object>>();
        foreach (var item in items)
        {
            answers.Add(AnswerAsync(item, pipeline, authority, letInByMemory, cancellation));
            if (answers[^1].IsTurnedAway()) break;
        }

        return answers;
    }

    private static async Task<object> AnswerAsync(ParseResult item, ICommandPipeline pipeline, Authority authority, bool letInByMemory, CancellationToken cancellation) => item.WellFormed
        ? await pipeline.SubmitAsync(new(item.Envelope, Channels.Http) { Authority = authority, LetInByMemory = letInByMemory }, cancellation)
        : new MalformedItem(item.CommandId, "malformed", item.Errors);

    internal static Problem Newer(ParseResult command) =>
        Problem.Unavailable($"{command.Errors[0]}. Nothing was stored; send the same again.", "newer-than-this-node", retryAfterSeconds: 10);

    internal static Problem Refusal(IReadOnlyList<MemberError> errors, bool tooLarge) => tooLarge ? Problem.TooLarge(errors) : Problem.Malformed(errors);

    /// <summary>With its length, in one piece: a chunked answer would cost a second packet.</summary>
    private static async Task WriteAsync<T>(HttpContext context, T answer, int status)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Options);
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypes.Json;
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>An item of a batch that no command could be read from. Nothing of it was stored, its id is free.</summary>
    internal sealed record MalformedItem(Guid? CommandId, string Status, IReadOnlyList<MemberError> Errors);
}
