using System.Text.Json;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>An answer as it was at a moment of the past, byte for byte; behind its last member it says which moment that was.</summary>
internal sealed class PastAnswer(object answer, PastMoment past) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (asItWas, moment) = (Json(answer), Json(new Said(past.Position, past.Sealed)));
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = asItWas.Length + moment.Length - 1;
        // Both are objects: what closes the first and opens the second is one comma.
        asItWas[^1] = (byte)',';
        await httpContext.Response.BodyWriter.WriteAsync(asItWas, httpContext.RequestAborted);
        await httpContext.Response.BodyWriter.WriteAsync(moment.AsMemory(1), httpContext.RequestAborted);
    }

    private static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), WireJson.Options);

    private sealed record Said(long AsOfPosition, bool Sealed);
}
