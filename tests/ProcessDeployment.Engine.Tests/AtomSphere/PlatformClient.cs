using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

/// <summary>Talks to the platform API as scripts do, in JSON or in XML.</summary>
internal sealed class PlatformClient(TestAccount account, bool xml = false, string root = "/api/rest/v1")
{
    public static readonly XNamespace Platform = "http://api.platform.boomi.com/";

    public string MediaType => xml ? "application/xml" : "application/json";

    public Task<PlatformAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<PlatformAnswer> PostAsync(string path, string body, string? mediaType = null, string? idempotencyKey = null) => SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, mediaType ?? MediaType), idempotencyKey);

    public Task<PlatformAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>An object with these fields: members in JSON, attributes in XML, or elements where the name begins with an angle.</summary>
    public Task<PlatformAnswer> PostObjectAsync(string path, string type, params (string Name, string Value)[] fields) => PostAsync(path, Object(type, fields));

    public string Object(string type, params (string Name, string Value)[] fields) => xml
        ? new XElement(Platform + type, fields.Select(field => field.Name.StartsWith('<') ? (object)new XElement(Platform + field.Name[1..], field.Value) : new XAttribute(field.Name, field.Value))).ToString()
        : JsonSerializer.Serialize(fields.Prepend(("@type", type)).ToDictionary(field => field.Item1.TrimStart('<'), field => field.Item2));

    /// <summary>Asks for many at a time.</summary>
    public Task<PlatformAnswer> BulkAsync(string type, params string[] ids) => PostAsync($"{type}/bulk", xml
        ? new XElement(Platform + "BulkRequest", new XAttribute("type", "GET"), ids.Select(id => new XElement(Platform + "request", new XAttribute("id", id)))).ToString()
        : JsonSerializer.Serialize(new { type = "GET", request = ids.Select(id => new { id }) }));

    /// <summary>Queries by conditions that must all hold.</summary>
    public Task<PlatformAnswer> QueryAsync(string type, params (string Property, string Operator, string[] Arguments)[] conditions) => PostAsync($"{type}/query", Query(conditions));

    public string Query(params (string Property, string Operator, string[] Arguments)[] conditions) => xml
        ? new XElement(
            Platform + "QueryConfig",
            new XElement(Platform + "QueryFilter", conditions.Length == 0 ? null : new XElement(
                Platform + "expression",
                new XAttribute("operator", "and"),
                conditions.Select(condition => new XElement(Platform + "nestedExpression", new XAttribute("operator", condition.Operator), new XAttribute("property", condition.Property), condition.Arguments.Select(argument => new XElement(Platform + "argument", argument))))))).ToString()
        : JsonSerializer.Serialize(new { QueryFilter = conditions.Length == 0 ? new object() : new { expression = new { @operator = "and", nestedExpression = conditions.Select(condition => new { @operator = condition.Operator, property = condition.Property, argument = condition.Arguments }) } } });

    private async Task<PlatformAnswer> SendAsync(HttpMethod method, string path, HttpContent? body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, $"{root}/{account.Name}/{path}") { Content = body };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaType));
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var answer = await account.Http.SendAsync(request);
        return new(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }
}
