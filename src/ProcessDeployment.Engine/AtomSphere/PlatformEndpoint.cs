using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Access;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>The one way into the platform API: finds what is asked for, lets in whoever may, answers in the platform's manner.</summary>
internal sealed class PlatformEndpoint(PlatformObjects objects, ICallers callers, Admission admission, PlatformRate rate, Querying querying)
{
    public static readonly string[] Roots = ["/api/rest/v1", "/partner/api/rest/v1"];

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await ServeAsync(context);
        }
        catch (PlatformException e)
        {
            await e.Problem.ExecuteAsync(context);
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        var caller = callers.Of(context);
        var account = (string?)context.GetRouteValue("accountId");
        if (account != caller.AccountId) throw new PlatformException(new("Not allowed", 403, $"These credentials are not for the account {WireValue.Shown(account ?? "")}.", "account-not-yours"));
        rate.Take(caller.AccountId);
        var parts = ((string?)context.GetRouteValue("path") ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var name, .. var rest]) throw PlatformException.NotFound($"The path names no object. There are: {objects.Names}.");
        var call = new PlatformCall(context, caller, querying);
        if (objects.Operation(name) is { } operation)
        {
            await AdmitAsync(context, caller, operation.Privilege, name);
            await operation.AnswerAsync(call, rest);
            return;
        }

        var about = objects.Object(name) ?? throw PlatformException.NotFound($"There is no object {WireValue.Shown(name)} here. There are: {objects.Names}.");
        var answer = Find(about, context.Request.Method, rest) ?? throw NoSuch(about, context.Request);
        await AdmitAsync(context, caller, about.Privilege, name);
        await answer(call);
    }

    private async Task AdmitAsync(HttpContext context, Caller caller, Privilege? privilege, string name)
    {
        if (await admission.DeniedAsync(context, caller, $"{context.Request.Method} {Roots[0]} {name}", opened: true, privilege) is { } denied) throw new PlatformException(denied);
    }

    private Func<PlatformCall, Task>? Find(PlatformObject about, string method, string[] rest) => (method, rest) switch
    {
        ("POST", ["query"]) when about.Queries => call => QueryAsync(about, call),
        ("POST", ["queryMore"]) when about.Queries => call => QueryMoreAsync(about, call),
        ("POST", ["bulk"]) when about.Gets => call => BulkAsync(about, call),
        ("GET" or "HEAD", [var id]) when about.Gets => async call => await PlatformForm.WriteAsync(call.Context, await call.GetAsync(about, id)),
        ("GET" or "HEAD", ["async", var id]) when about.GetLater is { } later => call => later(call, id),
        ("POST", []) when about.Create is { } create => async call => await PlatformForm.WriteAsync(call.Context, await create(call, await PlatformBody.ReadAsync(call.Context.Request, about.Type))),
        ("POST", [var id]) when about.Update is { } update => call => UpdateAsync(about, update, call, id),
        ("POST" or "PUT", [var id, "update"]) when about.Update is { } update => call => UpdateAsync(about, update, call, id),
        ("DELETE", [var id]) when about.Delete is { } delete => call => DeleteAsync(delete, call, id),
        _ => null,
    };

    private async Task QueryAsync(PlatformObject about, PlatformCall call) =>
        await PlatformForm.WriteAsync(call.Context, await querying.QueryAsync(about, call.AccountId, await PlatformBody.ReadFilterAsync(call.Context.Request, about.Source!), call.Cancellation));

    /// <summary>The token is a plain text, whatever the type of the body says: scripts send it with the type of everything else.</summary>
    private async Task QueryMoreAsync(PlatformObject about, PlatformCall call)
    {
        var token = await PlatformBody.ReadAsync(call.Context.Request, QueryToken.Most, bytes => Encoding.UTF8.GetString(bytes.Span));
        await PlatformForm.WriteAsync(call.Context, await querying.QueryMoreAsync(about, call.AccountId, token, call.Cancellation));
    }

    private async Task BulkAsync(PlatformObject about, PlatformCall call)
    {
        var ids = await PlatformBody.ReadBulkAsync(call.Context.Request);
        var found = await querying.FindAsync(about, call.AccountId, ids, call.Cancellation);
        await PlatformForm.WriteAsync(call.Context, [.. ids.Select(id => found.GetValueOrDefault(id) switch
        {
            null => new BulkItem(id, 404, null, $"There is no {about.Name} with this id."),
            { Gone: true } => new BulkItem(id, 410, null, $"The {about.Name} with this id was deleted."),
            var item => new BulkItem(id, 200, item.Object, null),
        })]);
    }

    private static async Task UpdateAsync(PlatformObject about, Func<PlatformCall, string, WireObject, Task<WireObject>> update, PlatformCall call, string id) =>
        await PlatformForm.WriteAsync(call.Context, await update(call, id, await PlatformBody.ReadAsync(call.Context.Request, about.Type)));

    private static async Task DeleteAsync(Func<PlatformCall, string, Task> delete, PlatformCall call, string id)
    {
        await delete(call, id);
        call.Context.Response.ContentLength = 0;
    }

    private static PlatformException NoSuch(PlatformObject about, HttpRequest request)
    {
        var message = $"{request.Method} {request.Path} is nothing that can be done with {about.Name}; there are {string.Join(", ", about.Operations())}.";
        return new(new("Not found", 404, message, "no-such-operation"));
    }
}
