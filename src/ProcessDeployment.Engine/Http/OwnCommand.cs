using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Http;

/// <summary>A command that the engine writes for a caller who asked for something else, such as a new token: in the form and by the way of every command, so that it is judged, audited and sealed like them.</summary>
internal static class OwnCommand
{
    public static async Task<(Outcome? Outcome, Problem? Problem)> SendAsync(HttpContext context, string source, Command command, Guid? id = null)
    {
        var services = context.RequestServices;
        var caller = services.GetRequiredService<ICallers>().Of(context);
        var parsed = CommandParser.Parse(CommandWriter.ToCloudEvent(id ?? Guid.CreateVersion7(), source, command with { AccountId = caller.AccountId, Actor = caller.Actor }), caller.Defaults);
        if (!parsed.WellFormed) return (null, CommandsEndpoint.Refusal([.. parsed.Errors.Select(error => error with { Member = error.Member.Replace("data.", "", StringComparison.Ordinal) })], parsed.TooLarge));
        return (await services.GetRequiredService<ICommandPipeline>().SubmitAsync(new(parsed.Envelope, Channels.Http) { Authority = caller.Authority }, context.RequestAborted), null);
    }
}
