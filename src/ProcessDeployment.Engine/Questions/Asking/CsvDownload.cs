using System.Globalization;
using System.Text;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// Lines of CSV that are given on while more of them come: there may be a million. Whatever fails after the first of them
/// breaks the connection off, so that nobody takes a part for the whole.
/// </summary>
internal sealed class CsvDownload(HttpResponse response, string fileName, params string[] header) : IResult
{
    private const int AtOnce = 16 * 1024;
    private readonly Csv _csv = new(header);
    private long? _position;

    /// <summary>Adds a line to an answer that shows a position.</summary>
    public ValueTask LineAsync(long position, CancellationToken cancellation, params ReadOnlySpan<string?> fields)
    {
        _position ??= position;
        _csv.Line(fields);
        return _csv.Length < AtOnce ? default : SendAsync(cancellation);
    }

    /// <summary>The end of it, also where there is no line.</summary>
    public CsvDownload EndingAt(long position)
    {
        _position ??= position;
        return this;
    }

    public async Task ExecuteAsync(HttpContext httpContext) => await SendAsync(httpContext.RequestAborted);

    private async ValueTask SendAsync(CancellationToken cancellation)
    {
        if (!response.HasStarted)
        {
            response.ContentType = "text/csv; charset=utf-8; header=present";
            response.Headers[PlainText.PositionHeader] = _position!.Value.ToString(CultureInfo.InvariantCulture);
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        }

        await response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(_csv.Drain()), cancellation);
    }
}
