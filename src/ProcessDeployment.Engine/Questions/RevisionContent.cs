using System.Globalization;
using System.Text;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The content of a revision as it is kept. Always as plain text: shown as XML by a browser, it could bring scripts.</summary>
internal static class RevisionContent
{
    private static readonly MomentSql Sql = new(at => $"""
        select h.content_hash, b.body
        from process_deployment.component_history h
        left join process_deployment.content b on b.account_id = $1 and b.content_hash = h.content_hash
        where h.account_id = $1 and h.component_id = $3 and h.revision = $4 and {at.Reached("h.valid_from")}
        limit 1
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<string>(
        "/components/{id}/revisions/{number}/content", "get-content", "The content of a revision", [], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var (componentId, number) = (asked.PathId(), asked.PathNumber("number"));
        (string Hash, string Body)? found = null;
        batch.Query(Sql, row => found = (row.GetString(0), row.Text(1) ?? ""), Given.Id(componentId), Given.Number(number));
        return position => found is { } content
            ? new PlainText(content.Body, "text/plain; charset=utf-8", position, content.Hash)
            : Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"There is no revision {number} of a component {componentId}."));
    }
}

/// <summary>An answer that is no JSON; the position it shows is in a header.</summary>
internal sealed record PlainText(string Body, string ContentType, long Position, string? Hash = null) : IResult
{
    public const string PositionHeader = "Position";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, bytes) = (httpContext.Response, Encoding.UTF8.GetBytes(Body));
        response.ContentType = ContentType;
        response.ContentLength = bytes.Length;
        response.Headers[PositionHeader] = Position.ToString(CultureInfo.InvariantCulture);
        response.Headers.XContentTypeOptions = "nosniff";
        if (Hash is not null) response.Headers.ETag = $"\"{Hash}\"";
        await response.BodyWriter.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
