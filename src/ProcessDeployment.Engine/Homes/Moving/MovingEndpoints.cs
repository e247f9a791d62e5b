using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>The steps of a move over HTTP: an operator's matter, on both sides. The command line takes them one after another.</summary>
internal static class MovingEndpoints
{
    public static void MapMoving(this IEndpointRouteBuilder api)
    {
        var moving = EngineOperator.Only(api.MapGroup("/accounts/{account}").WithTags("Accounts"), "Moving accounts is");
        Step(moving.MapPost("/leave", LeaveAsync), "leave-account", "Close an account that is to go to another home").Accepts<To>(MediaTypes.Json).Produces<Closed>();
        Step(moving.MapGet("/history", HistoryAsync), "get-account-history", "The whole of an account that is leaving, as a move file").Produces(200, contentType: MoveManifest.MediaType);
        Step(moving.MapPut("/history", ArriveAsync), "put-account-history", "Take an account out of a move file; it stays closed until it is opened").Accepts<Stream>(MoveManifest.MediaType).Produces<Arrived>();
        Step(moving.MapGet("/arrival", ArrivalAsync), "get-account-arrival", "Whether an account that has arrived can be opened, once it has left its former home").Produces<Ready>();
        Step(moving.MapPost("/left", LetGoAsync), "let-account-go", "Let an account go for good that has arrived elsewhere").Accepts<Arrived>(MediaTypes.Json).Produces<LeftReceipt>();
        Step(moving.MapPost("/open", OpenAsync), "open-account", "Open an account that has arrived and left its former home").Accepts<LeftReceipt>(MediaTypes.Json).Produces<Opened>();
        Step(moving.MapPost("/stay", StayAsync), "keep-account", "Give up a move before the account has left");
    }

    private static RouteHandlerBuilder Step(RouteHandlerBuilder route, string name, string summary) => route.WithName(name).WithSummary(summary)
        .Produces<Problem>(400, Problem.ContentType).Produces<Problem>(403, Problem.ContentType).Produces<Problem>(404, Problem.ContentType).Produces<Problem>(409, Problem.ContentType).Produces<Problem>(503, Problem.ContentType);

    private static Task<IResult> LeaveAsync(string account, HttpContext context, Departure departure, HomeOptions homes) => WithAsync<To>(context, "must be {\"to\": \"…\"}", async asked =>
        Results.Json(new Closed(account, await departure.LeaveAsync(account, asked.Home, context.RequestAborted), asked.Home, homes.Find(asked.Home)!.Url), WireJson.Options));

    private static Task<IResult> HistoryAsync(string account, HttpContext context, HistoryWriter writer) => StepAsync(context, async () =>
    {
        var prepared = await writer.PrepareAsync(account, context.RequestAborted);
        context.Response.ContentType = MoveManifest.MediaType;
        // An archive writes the few bytes before and behind each of its files so.
        context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        await writer.WriteAsync(prepared, context.Response.Body, context.RequestAborted);
        return Results.Empty;
    });

    private static Task<IResult> ArriveAsync(string account, HttpContext context, Arrival arrival) => StepAsync(context, async () =>
        context.Request.ContentType == MoveManifest.MediaType
            ? Results.Json(await arrival.TakeAsync(account, await ComingFile.ReceiveAsync(context, context.RequestAborted), context.RequestAborted), WireJson.Options)
            : MediaTypes.Unsupported with { Detail = $"Send {MoveManifest.MediaType}, not compressed once more." });

    private static Task<IResult> ArrivalAsync(string account, HttpContext context, Opening opening) => StepAsync(context, async () =>
        Results.Json(new Ready(account, await opening.ReadyAsync(account, context.RequestAborted)), WireJson.Options));

    private static Task<IResult> LetGoAsync(string account, HttpContext context, Departure departure) => WithAsync<Arrived>(context, "must be what the other home answered when the account arrived there", async arrived =>
        Results.Json(await departure.LetGoAsync(account, arrived, context.RequestAborted), WireJson.Options));

    private static Task<IResult> OpenAsync(string account, HttpContext context, Opening opening) => WithAsync<LeftReceipt>(context, "must be what the other home answered when it let the account go", async receipt =>
        Results.Json(new Opened(account, await opening.OpenAsync(account, receipt, EngineOperator.Of(context)!.Value.Actor, context.RequestAborted)), WireJson.Options));

    private static Task<IResult> StayAsync(string account, HttpContext context, Departure departure) => StepAsync(context, async () =>
    {
        await departure.StayAsync(account, context.RequestAborted);
        return Results.NoContent();
    });

    private static async Task<IResult> WithAsync<T>(HttpContext context, string rule, Func<T, Task<IResult>> step)
        where T : class
    {
        if (MediaTypes.Of(context.Request) is not BodyKind.Either) return MediaTypes.NotJson;
        try
        {
            return await MediaTypes.ReadAsync<T>(context.Request, context.RequestAborted) is { } asked ? await StepAsync(context, () => step(asked)) : Problem.Malformed("body", rule);
        }
        catch (JsonException)
        {
            return Problem.Malformed("body", rule);
        }
    }

    private static async Task<IResult> StepAsync(HttpContext context, Func<Task<IResult>> step)
    {
        try
        {
            return await step();
        }
        catch (MoveException e) when (!context.Response.HasStarted)
        {
            return e.AsProblem;
        }
    }

    /// <param name="Home">The home it is to go to.</param>
    internal sealed record To([property: System.Text.Json.Serialization.JsonPropertyName("to")] string Home);

    /// <param name="AccountId">The account.</param>
    /// <param name="Position">How far its history has come: no command takes effect after it.</param>
    /// <param name="To">The home it is to go to.</param>
    /// <param name="Url">Where that is.</param>
    internal sealed record Closed(string AccountId, long Position, string To, Uri Url);

    /// <param name="AccountId">The account.</param>
    /// <param name="Position">How far its history has come, and the lists with it.</param>
    internal sealed record Ready(string AccountId, long Position);

    /// <param name="AccountId">The account.</param>
    /// <param name="Position">Of the event that says it was moved.</param>
    internal sealed record Opened(string AccountId, long Position);
}
