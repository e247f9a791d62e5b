using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.Net.Http.Headers;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>Answers in JSON or XML, whichever the client takes rather; XML where it says nothing, as the platform does.</summary>
internal sealed class PlatformForm : IProblemManner
{
    public const string Json = "application/json";
    public const string Xml = "application/xml";

    /// <summary>How XML is written: whoever reads it has every carriage return again, which XML takes for the end of a line otherwise.</summary>
    public static readonly XmlWriterSettings XmlSettings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = false, NewLineHandling = NewLineHandling.Entitize };

    /// <summary>What a client would rather have.</summary>
    public static bool IsJson(HttpRequest request)
    {
        var takes = MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) ? accepted.OrderByDescending(type => type.Quality ?? 1).ToList() : [];
        foreach (var type in takes)
        {
            if (IsJsonType(type.MediaType.Value)) return true;
            if (IsXmlType(type.MediaType.Value)) return false;
        }

        return IsJsonType(request.ContentType);
    }

    public static bool IsJsonType(string? type) => IsOf(type, "json");

    public static bool IsXmlType(string? type) => IsOf(type, "xml");

    /// <summary>Not by looking for a word in it: a page of another site may send <c>text/plain;json</c> unasked.</summary>
    private static bool IsOf(string? type, string form) =>
        MediaTypeHeaderValue.TryParse(type, out var parsed) && (parsed.SubType.Equals(form, StringComparison.OrdinalIgnoreCase) || parsed.Suffix.Equals(form, StringComparison.OrdinalIgnoreCase)) && (parsed.Type.Equals("application", StringComparison.OrdinalIgnoreCase) || form == "xml");

    public static Task WriteAsync(HttpContext context, WireObject answer, int status = 200) => WriteAsync(context, status, json => JsonForm.Write(json, answer), xml => XmlForm.Write(xml, answer));

    public static Task WriteAsync(HttpContext context, QueryPage page) => WriteAsync(
        context,
        200,
        json =>
        {
            Begin(json, "QueryResult");
            json.WriteStartArray("result");
            foreach (var item in page.Items) JsonForm.Write(json, item);
            json.WriteEndArray();
            if (page.Token is not null) json.WriteString("queryToken", page.Token);
            json.WriteNumber("numberOfResults", page.Total);
            json.WriteEndObject();
        },
        xml =>
        {
            XmlForm.Begin(xml, "QueryResult");
            xml.WriteAttributeString("numberOfResults", page.Total.ToString(CultureInfo.InvariantCulture));
            foreach (var item in page.Items) XmlForm.WriteAs(xml, "result", item);
            if (page.Token is not null) XmlForm.WriteText(xml, "queryToken", page.Token);
            xml.WriteEndElement();
        });

    public static Task WriteAsync(HttpContext context, IReadOnlyList<BulkItem> items) => WriteAsync(
        context,
        200,
        json =>
        {
            Begin(json, "BulkResult");
            json.WriteStartArray("response");
            foreach (var (item, index) in items.Select((item, index) => (item, index)))
            {
                Begin(json, "BulkResultItem");
                json.WriteNumber("index", index);
                json.WriteString("id", item.Id);
                json.WriteNumber("statusCode", item.Status);
                if (item.Error is not null) json.WriteString("errorMessage", item.Error);
                if (item.Result is not null)
                {
                    json.WritePropertyName("Result");
                    JsonForm.Write(json, item.Result);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        },
        xml =>
        {
            XmlForm.Begin(xml, "BulkResult");
            foreach (var (item, index) in items.Select((item, index) => (item, index)))
            {
                xml.WriteStartElement(XmlForm.Prefix, "response", Import.ComponentReader.Platform.NamespaceName);
                xml.WriteAttributeString("index", index.ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("id", XmlForm.Readable(item.Id));
                xml.WriteAttributeString("statusCode", item.Status.ToString(CultureInfo.InvariantCulture));
                if (item.Error is not null) xml.WriteAttributeString("errorMessage", XmlForm.Readable(item.Error));
                if (item.Result is not null) XmlForm.WriteAs(xml, "Result", item.Result);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });

    /// <summary>What is said where there is nothing to give.</summary>
    public static Task WriteMessageAsync(HttpContext context, int status, string name, string message) => WriteAsync(
        context,
        status,
        json =>
        {
            Begin(json, name);
            json.WriteString("message", message);
            json.WriteEndObject();
        },
        xml =>
        {
            XmlForm.Begin(xml, name);
            XmlForm.WriteText(xml, "message", message);
            xml.WriteEndElement();
        });

    /// <summary>An <c>Error</c> in the manner of the platform. Over its rate it says 503.</summary>
    public Task WriteAsync(HttpContext context, Problem problem)
    {
        if (problem.RetryAfterSeconds is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var message = problem.Errors is { Count: > 0 } errors ? string.Join("; ", errors) : problem.Detail ?? problem.Title;
        return WriteMessageAsync(context, problem.Status == 429 ? 503 : problem.Status, "Error", message);
    }

    private static void Begin(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString(JsonForm.TypeMember, type);
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> inJson, Action<XmlWriter> inXml)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        var isJson = IsJson(context.Request);
        if (isJson)
        {
            await using var json = new Utf8JsonWriter(body, new() { Encoder = Contracts.Json.WireJson.Options.Encoder });
            inJson(json);
        }
        else
        {
            using var text = new MemoryStream();
            using (var xml = XmlWriter.Create(text, XmlSettings)) inXml(xml);
            body.Write(text.GetBuffer().AsSpan(0, (int)text.Length));
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = isJson ? Json : Xml;
        context.Response.ContentLength = body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }
}

/// <summary>One of many objects that were asked for together.</summary>
internal sealed record BulkItem(string Id, int Status, WireObject? Result, string? Error);
