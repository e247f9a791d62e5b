using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Preview;

/// <summary>What a command would do, before it is sent.</summary>
internal static class PreviewEndpoint
{
    public static void AddPreviews(this IServiceCollection services)
    {
        services.AddSingleton<Foresight>();
        services.AddSingleton<Surroundings>();
    }

    public static void MapPreviews(this IEndpointRouteBuilder api)
    {
        api.MapPost("/preview", PreviewAsync)
            .WithName("preview-command")
            .WithTags("Commands")
            .WithSummary("What a command would do")
            .WithDescription(
                """
                Takes one command as it would be sent to `/commands` and answers what would become of it now: outcome or refusal, licences before and
                after, connections that are new, Atoms that would download, schedules that would rest, extensions that need a value, what is only called by a route, parents that stay bold. Nothing is stored and the id stays free.
                """)
            .WithMetadata(new TakesCommands())
            .Produces<PreviewAnswer>()
            .Produces<Problem>(400, Problem.ContentType)
            .Produces<Problem>(408, Problem.ContentType)
            .Produces<Problem>(413, Problem.ContentType)
            .Produces<Problem>(415, Problem.ContentType)
            .Produces<Problem>(503, Problem.ContentType);
        Rehearsals.Map(api);
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, Foresight foresight, Surroundings surroundings, ICallers callers)
    {
        if (MediaTypes.Of(context.Request) is null or BodyKind.Batch) return MediaTypes.Unsupported;
        var caller = callers.Of(context);
        ParseResult parsed;
        using (var body = await CommandBody.ReadAsync(context.Request, BodyKind.One, context.RequestAborted))
        {
            if (body is null) return Problem.TooLarge(CommandBody.LimitOf(BodyKind.One));
            parsed = CommandParser.Parse(body.Bytes, caller.Defaults);
        }

        if (parsed.IsNewer) return CommandsEndpoint.Newer(parsed);
        if (!parsed.WellFormed) return CommandsEndpoint.Refusal(parsed.Errors, parsed.TooLarge);
        var command = new IncomingCommand(parsed.Envelope, Channels.Http) { Authority = caller.Authority };
        var foreseen = await foresight.OfAsync(command.AccountId, [command], context.RequestAborted);
        return await surroundings.AddAsync(command.AccountId, foreseen[0], context.RequestAborted) is { } preview
            ? Answer.Of(preview)
            : AccountQuestion.Behind(foreseen[0].Position);
    }
}
