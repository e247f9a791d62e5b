using System.Globalization;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Access;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// What happens, as it happens: a server-sent event for each entry of the audit trail, its position as id, so that whoever
/// comes back goes on where he was. The database is asked only when the read models moved.
/// </summary>
internal sealed class Changes(Databases databases, ReadPosition reading, ReadPositionFeed feed, AccountQuestion asking, ICallers callers, KnownAccess access, Leaving leaving)
{
    private const string LastEventId = "Last-Event-ID";
    private const int AtOnce = 200;
    private static readonly string[] Taken = [ParameterNames.After, ParameterNames.AtLeast];

    private const string Sql = $"""
        select {AuditItem.Columns} from process_deployment.audit_entry a where a.account_id = $1 and a.position > $2 order by a.position limit $3
        """;

    /// <summary>Often enough for proxies to keep the connection open.</summary>
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/changes", (HttpContext context, Changes changes) => changes.StreamAsync(context))
        .Describe("watch-changes", "What happens, as it happens (server-sent events)", Taken)
        .Produces<AuditItem>(200, "text/event-stream");

    private async Task StreamAsync(HttpContext context)
    {
        var asked = new QuestionParameters(context.Request, Taken);
        var (after, atLeast) = (LastSeen(context.Request, asked), asked.AtLeast());
        if (asked.Errors.Count > 0)
        {
            await AccountQuestion.Malformed(asked).ExecuteAsync(context);
            return;
        }

        var (accountId, caller) = (asking.AccountOf(context), callers.Of(context));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, leaving.Left);
        try
        {
            if (await asking.BehindAsync(accountId, atLeast, end.Token) is { } behind)
            {
                await behind.ExecuteAsync(context);
                return;
            }

            var last = after ?? await reading.CurrentAsync(accountId, end.Token);
            await BeginAsync(context.Response, last, end.Token);
            while (true)
            {
                // Before looking, so that what happens in between is not missed.
                var moved = feed.NextAsync(accountId);
                last = await WriteNewAsync(context.Response, caller, last, end.Token);
                await BeatUntilAsync(moved, context.Response, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // They left, or we do: either way the stream ends and can be taken up again.
        }
    }

    /// <summary>The header comes from a browser that was cut off, so it counts more than what the page once asked for.</summary>
    private static long? LastSeen(HttpRequest request, QuestionParameters asked)
    {
        var after = asked.Number(ParameterNames.After, 0, long.MaxValue);
        if (request.Headers[LastEventId] is not [{ Length: > 0 } last]) return after;
        if (long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) return seen;
        asked.Refuse(LastEventId, "must be the id of a change, a whole number");
        return after;
    }

    private static async Task BeginAsync(HttpResponse response, long last, CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"retry: 2000\nid: {last}\n: changes after {last}\n\n"), cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    private static async Task BeatUntilAsync(Task moved, HttpResponse response, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await moved.WaitAsync(Heartbeat, cancellation);
                return;
            }
            catch (TimeoutException)
            {
                await response.WriteAsync(":\n\n", cancellation);
                await response.Body.FlushAsync(cancellation);
            }
        }
    }

    private async Task<long> WriteNewAsync(HttpResponse response, Caller caller, long last, CancellationToken cancellation)
    {
        while (true)
        {
            var found = await ReadAsync(caller.AccountId, last, cancellation);
            var whole = found.Count == 0 || await MaySeeWhoAsync(caller, cancellation);
            foreach (var item in found)
            {
                await response.WriteAsync(
                    string.Create(CultureInfo.InvariantCulture, $"id: {item.Position}\ndata: {JsonSerializer.Serialize(whole ? item : item.ThatItHappened(), WireJson.Options)}\n\n"), cancellation);
                last = item.Position;
            }

            if (found.Count > 0) await response.Body.FlushAsync(cancellation);
            if (found.Count < AtOnce) return last;
        }
    }

    /// <summary>Everybody with a role hears that something happened; who did it and why is told to those who may read the audit trail.</summary>
    private async ValueTask<bool> MaySeeWhoAsync(Caller caller, CancellationToken cancellation)
    {
        var known = await access.OfAsync(caller.AccountId, cancellation);
        return known.GrantsOf(caller.Authority, caller.Actor) is not { } grants || known.HoldSomewhere(grants, Privilege.AuditRead);
    }

    private async Task<List<AuditItem>> ReadAsync(string accountId, long last, CancellationToken cancellation)
    {
        var found = new List<AuditItem>();
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Sql, row => found.Add(AuditItem.Read(row)), Parameters.Value(last), Parameters.Value((long)AtOnce));
        await batch.RunAsync(cancellation);
        return found;
    }
}
