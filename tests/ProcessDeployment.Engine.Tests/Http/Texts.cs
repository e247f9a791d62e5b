using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ProcessDeployment.Engine.Tests.Http;

/// <summary>Commands as somebody without .NET writes them.</summary>
internal static class Texts
{
    public static string Command(string name, string data, Guid? id = null) =>
        $$"""{"specversion":"1.0","id":"{{id ?? Guid.CreateVersion7()}}","source":"//tests","type":"processdeployment.{{name}}.v1","data":{{data}}}""";

    public static string RegisterAtom(Guid? atomId = null, string name = "Production") =>
        Command("register-atom", $$"""{"atomId":"{{atomId ?? Guid.CreateVersion7()}}","name":"{{name}}"}""");

    public static string SaveProcess(string content) => Command(
        "save-component",
        $$"""{"componentId":"{{Guid.CreateVersion7()}}","componentType":"process","name":"Orders","content":"{{JsonEncodedText.Encode(content, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""");

    public static Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(this TestAccount account, string text, string contentType = "application/cloudevents+json") =>
        account.Http.PostTextAsync(text, contentType);

    public static async Task<(HttpStatusCode Status, JsonElement Body)> PostTextAsync(this HttpClient http, string text, string contentType, string path = "/api/v1/commands")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }
}
