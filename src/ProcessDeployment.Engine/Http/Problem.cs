using System.Globalization;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Http;

/// <summary>What went wrong with a request, as problem details (RFC 9457).</summary>
/// <param name="Title">What kind of problem it is.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">What to do about it.</param>
/// <param name="Code">A fixed word to act on.</param>
/// <param name="Errors">What is wrong with which member.</param>
public sealed record Problem(string Title, int Status, string? Detail = null, string? Code = null, IReadOnlyList<MemberError>? Errors = null) : IResult
{
    public const string ContentType = "application/problem+json";

    internal int? RetryAfterSeconds { get; init; }

    public static Problem Malformed(IReadOnlyList<MemberError> errors) => new("The request is malformed", 400, "Nothing was stored.", "malformed", errors);

    public static Problem Malformed(string member, string rule) => Malformed([new(member, rule)]);

    public static Problem TooLarge(IReadOnlyList<MemberError> errors) => new("The request is too large", 413, "Nothing was stored.", "too-large", errors);

    public static Problem TooSlow(string detail) => new("The request came too slowly", 408, $"{detail} Nothing was stored.", "too-slow");

    public static Problem NotFound(string detail) => new("Not found", 404, detail, "not-found");

    public static Problem Unavailable(string detail, string code, int retryAfterSeconds = 1) =>
        new("Try again in a moment", 503, detail, code) { RetryAfterSeconds = retryAfterSeconds };

    /// <summary>Somebody wants more than his share.</summary>
    public static Problem TooMany(string detail, string code, int retryAfterSeconds) => new("Too many requests", 429, detail, code) { RetryAfterSeconds = retryAfterSeconds };

    public static Problem Busy(string detail) => new("Too many requests are waiting", 429, detail, "busy") { RetryAfterSeconds = 1 };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.Features.Get<IProblemManner>() is { } manner)
        {
            await manner.WriteAsync(httpContext, this);
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        if (RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.BodyWriter.WriteAsync(body, httpContext.RequestAborted);
    }
}

/// <summary>Another way to say what went wrong, for clients that were made for it.</summary>
internal interface IProblemManner
{
    Task WriteAsync(HttpContext context, Problem problem);
}
