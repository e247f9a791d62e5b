using Npgsql;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Homes.Routing;
using ProcessDeployment.Engine.Identity.Tokens;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Http;

/// <summary>Turns whatever goes wrong into problem details: nobody outside sees a stack trace, nobody gets an empty error.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    private const string Resend = "Whether a command took effect is not known: send it again with the same id, it takes effect once and the first outcome is given again.";

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted) context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await Explain(e, context).ExecuteAsync(context);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            await Empty(context).ExecuteAsync(context);
    }

    private Problem Explain(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case PipelineBusyException: return Problem.Busy($"{exception.Message} Nothing was stored of a command that was turned away; sending all of them again with the same ids is safe.");
            case StoreUnavailableException: return Problem.Unavailable(Resend, "store-unavailable", retryAfterSeconds: 2);
            case PostgresException { SqlState: "57014" }: return Problem.Unavailable("The question took too long.", "timeout", retryAfterSeconds: 5);
            case NpgsqlException database when database.IsTransient || Outages.Is(database): return Problem.Unavailable("The database does not answer.", "store-unavailable", retryAfterSeconds: 2);
            case IssuerAwayException: return Problem.Unavailable(exception.Message, "issuer-away", retryAfterSeconds: 5);
            case AccountAwayException away: return HomeGate.Moving(away.AccountId);
            case AccountHaltedException: return new("The account is halted", 503, exception.Message, "account-halted");
            case NotSupportedException when MediaTypes.IsOfNoEncoding(context.Request): return MediaTypes.Unsupported with { Detail = "Send text as UTF-8." };
            case SlowBodyException: return Problem.TooSlow(exception.Message);
            case BadHttpRequestException bad: return new("The request is malformed", bad.StatusCode, bad.Message, bad.StatusCode == 413 ? "too-large" : "malformed");
        }

        log.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        return new("The engine failed", 500, "This is a defect; the log says more.", "failed");
    }

    private static Problem Empty(HttpContext context) => context.Response.StatusCode switch
    {
        404 => Problem.NotFound($"There is nothing at {context.Request.Path}; /openapi/v1.json lists what there is."),
        405 => new("Method not allowed", 405, $"{context.Request.Path} does not take {context.Request.Method}.", "method-not-allowed"),
        415 => MediaTypes.Unsupported,
        var status => new(Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), status),
    };
}
