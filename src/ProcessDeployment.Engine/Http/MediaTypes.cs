using System.Text.Json;
using Microsoft.Net.Http.Headers;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Http;

/// <summary>What a body may be. A list in JSON is a batch, whatever JSON it is called.</summary>
internal static class MediaTypes
{
    public const string CloudEvent = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";
    public const string Json = "application/json";

    public static Problem Unsupported { get; } =
        new("Unsupported content type", 415, $"Send {CloudEvent}, {Batch} or {Json}, as UTF-8 and not compressed.", "unsupported-content-type");

    public static Problem NotJson { get; } = Unsupported with { Detail = $"Send {Json}, as UTF-8 and not compressed." };

    /// <summary>Null when the body may not be read; a web page of another origin can send none of these unasked.</summary>
    public static BodyKind? Of(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0) return null;
        return request.ContentType switch
        {
            CloudEvent => BodyKind.One,
            Batch => BodyKind.Batch,
            Json => BodyKind.Either,
            _ => Parse(request.ContentType),
        };
    }

    /// <summary>Reads a body that <see cref="Of"/> let pass, which is UTF-8 whatever way its type says so: the reader of the framework knows no charset in quotes.</summary>
    /// <exception cref="JsonException">It is none of what is wanted.</exception>
    public static ValueTask<T?> ReadAsync<T>(HttpRequest request, CancellationToken cancellation) => JsonSerializer.DeserializeAsync<T>(request.Body, WireJson.StrictOptions, cancellation);

    /// <summary>Whether the type of the body names an encoding that no reader here takes (UTF-7), at which readers of the framework throw.</summary>
    public static bool IsOfNoEncoding(HttpRequest request)
    {
        try
        {
            return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type is { Charset.HasValue: true, Encoding: null };
        }
        catch (NotSupportedException)
        {
            return true;
        }
    }

    private static BodyKind? Parse(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return null;
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)) return null;
        if (type.MediaType.Equals(CloudEvent, StringComparison.OrdinalIgnoreCase)) return BodyKind.One;
        if (type.MediaType.Equals(Batch, StringComparison.OrdinalIgnoreCase)) return BodyKind.Batch;
        return type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) ? BodyKind.Either : null;
    }
}

internal enum BodyKind
{
    One,
    Batch,
    Either,
}
