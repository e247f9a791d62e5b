using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

/// <summary>An answer of the platform API, read the same way whichever form it came in.</summary>
public sealed record PlatformAnswer(HttpStatusCode Status, string? MediaType, string Body)
{
    private JsonElement? Json => MediaType == "application/json" ? JsonSerializer.Deserialize<JsonElement>(Body) : null;

    private XElement Xml => XElement.Parse(Body);

    /// <summary>The name of what it is.</summary>
    public string Type => Json is { } json ? json.GetProperty("@type").GetString()! : Xml.Name.LocalName;

    /// <summary>How many a query found.</summary>
    public int Count => int.Parse(this["numberOfResults"].ShouldNotBeNull(Body), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A field of the object.</summary>
    public string? this[string field] => Json is { } json ? In(json, field) : In(Xml, field);

    /// <summary>A field of each object that a query found.</summary>
    public List<string?> Results(string field) => Each("result", field);

    /// <summary>A field of each object that was asked for in bulk.</summary>
    public List<string?> Responses(string field) => Each("response", field);

    public PlatformAnswer ShouldBe(HttpStatusCode status)
    {
        Status.ShouldBe(status, Body);
        return this;
    }

    /// <summary>An error in the platform's manner that says all of this.</summary>
    public void ShouldRefuse(HttpStatusCode status, params string[] saying)
    {
        ShouldBe(status);
        Type.ShouldBe("Error");
        foreach (var part in saying) this["message"].ShouldNotBeNull().ShouldContain(part);
    }

    private List<string?> Each(string list, string field) => Json is { } json
        ? [.. json.GetProperty(list).EnumerateArray().Select(item => In(item, field))]
        : [.. Xml.Elements(PlatformClient.Platform + list).Select(item => In(item, field))];

    private static string? In(JsonElement json, string path)
    {
        foreach (var name in path.Split('/'))
        {
            if (json.ValueKind == JsonValueKind.Array) json = json.EnumerateArray().FirstOrDefault();
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json)) return null;
        }

        return json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.ToString().ToLowerInvariant() : json.ToString();
    }

    private static string? In(XElement? xml, string path)
    {
        var names = path.Split('/');
        foreach (var name in names[..^1]) xml = xml?.Element(PlatformClient.Platform + name);
        return (string?)xml?.Attribute(names[^1]) ?? (string?)xml?.Element(PlatformClient.Platform + names[^1]);
    }
}
