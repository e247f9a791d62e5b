using System.Globalization;
using System.Security.Cryptography;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Agents;

/// <summary>
/// Tells an Atom at once when something happened that is about it: a server-sent event with the position from which on
/// <c>desired</c> shows it. The first comes at the beginning, so whoever was away needs to remember nothing.
/// </summary>
internal sealed class AtomChanges(Databases databases, AtomFeed feed, AtomTokens tokens, AccountQuestion asking, TimeProvider time, Leaving leaving)
{
    private const string Known = "select from process_deployment.atom_state where account_id = $1 and atom_id = $2 and not (state ->> 'deleted')::boolean";

    /// <summary>After a restart all come back: fifty in a second, not all in one.</summary>
    private const int MillisecondsForEach = 20;

    private const int Soonest = 1_000;
    private const int LeastSpread = 2_000;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/atoms/{id}/changes", (HttpContext context, AtomChanges changes) => changes.StreamAsync(context))
        .Describe("watch-atom", "When something happens that is about an Atom (server-sent events)", [])
        .Produces<string>(200, "text/event-stream").MayBeUnknown()
        .WithMetadata(new OpenToAtoms(Own: true));

    private async Task StreamAsync(HttpContext context)
    {
        var asked = new QuestionParameters(context.Request, []);
        var (accountId, atomId) = (asking.AccountOf(context), asked.PathId());
        if (asked.Errors.Count > 0)
        {
            await AccountQuestion.Malformed(asked).ExecuteAsync(context);
            return;
        }

        if (!await IsKnownAsync(accountId, atomId, context.RequestAborted))
        {
            await Answer.Unknown("Atom", atomId).ExecuteAsync(context);
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, leaving.Left);
        try
        {
            using var listening = await feed.ListenAsync(accountId, atomId, end.Token);
            await TellAsync(context, listening, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // They left, or we do: either way the stream ends and can be taken up again.
        }
    }

    private async Task TellAsync(HttpContext context, AtomSubscription listening, CancellationToken cancellation)
    {
        var (response, caller) = (context.Response, AtomCaller.Of(context));
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        var spread = Math.Max(LeastSpread, feed.Listeners * MillisecondsForEach);
        await WriteAsync(response, string.Create(CultureInfo.InvariantCulture, $"retry: {Soonest + RandomNumberGenerator.GetInt32(spread)}\n{Event(listening.Begin)}"), cancellation);
        var next = listening.NextAsync(cancellation).AsTask();
        while (true)
        {
            // No pause but a bound: proxies close a connection on which nothing is said for long.
            var told = await Task.WhenAny(next, Task.Delay(Changes.Heartbeat, time, cancellation)) == next;
            cancellation.ThrowIfCancellationRequested();
            // One that expires does so unheard; nobody else is looked up, or a deploy would cost a look for each Atom.
            if (caller is not null && (tokens.IsExpired(caller) || (listening.SomeTokenWasRevoked() && !await tokens.IsGoodAsync(caller, cancellation)))) return;
            await WriteAsync(response, told ? Event(await next) : ":\n\n", cancellation);
            if (told) next = listening.NextAsync(cancellation).AsTask();
        }
    }

    private static string Event(long position) => string.Create(CultureInfo.InvariantCulture, $"id: {position}\nevent: desired\ndata: {{\"position\":{position}}}\n\n");

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        await response.WriteAsync(text, cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    private async Task<bool> IsKnownAsync(string accountId, Guid atomId, CancellationToken cancellation)
    {
        var known = false;
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Known, _ => known = true, Given.Id(atomId));
        await batch.RunAsync(cancellation);
        return known;
    }
}
