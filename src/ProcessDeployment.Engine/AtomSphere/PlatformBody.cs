using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Import;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>Reads the bodies of requests, JSON or XML, within bounds.</summary>
internal static class PlatformBody
{
    private const int MostBytes = 256 * 1024;

    /// <summary>An object of a type, which may have another name too.</summary>
    public static Task<WireObject> ReadAsync(HttpRequest request, WireType type, string? alsoCalled = null) => ReadAsync(
        request,
        (json, errors) =>
        {
            if (JsonForm.TypeOf(json) is var name && name != alsoCalled) IsA(name, type.Name, errors);
            return JsonForm.Read(json, type, errors);
        },
        (xml, errors) =>
        {
            if (XmlForm.IsOurs(xml, xml.Name.LocalName, errors) && xml.Name.LocalName != alsoCalled) IsA(xml.Name.LocalName, type.Name, errors);
            return errors.Count > 0 ? new WireObject(type) : XmlForm.Read(xml, type, errors);
        });

    /// <summary>The filter of a query of this source; a body without one asks for all.</summary>
    public static async Task<Filter?> ReadFilterAsync(HttpRequest request, Source? source = null)
    {
        if (request.ContentLength == 0) return null;
        return (await ReadAsync(
            request,
            (json, errors) => new Box<Filter>(new FilterReader(errors, source?.SortedBy).Read(json)),
            (xml, errors) => new Box<Filter>(XmlForm.IsOurs(xml, xml.Name.LocalName, errors) ? new FilterReader(errors, source?.SortedBy).Read(xml) : null))).Value;
    }

    /// <summary>The ids of a request for many.</summary>
    public static async Task<List<string>> ReadBulkAsync(HttpRequest request)
    {
        var bulk = await ReadAsync(
            request,
            (json, errors) =>
            {
                IsA(JsonForm.TypeOf(json), "BulkRequest", errors);
                return JsonForm.Read(json, WireType.Of("BulkRequest"), errors);
            },
            (xml, errors) =>
            {
                if (XmlForm.IsOurs(xml, xml.Name.LocalName, errors)) IsA(xml.Name.LocalName, "BulkRequest", errors);
                return XmlForm.Read(xml, WireType.Of("BulkRequest"), errors);
            });
        if (bulk.Text("type") is { } kind && kind != "GET") throw PlatformException.Malformed("type", $"must be GET, it is {kind}: nothing is written in bulk");
        var ids = bulk.Objects("request").Select(item => PlatformCall.TextIn(item, "id")).ToList();
        if (ids.Count == 0) throw PlatformException.Malformed("request", "must name at least one id");
        return ids.Count <= Querying.MostBulk ? ids : throw PlatformException.Malformed("request", $"must name at most {Querying.MostBulk} ids, it names {ids.Count}");
    }

    /// <summary>A body as it is, such as a token or a component. Its bytes are only lent.</summary>
    public static async Task<T> ReadAsync<T>(HttpRequest request, int most, Func<ReadOnlyMemory<byte>, T> read)
    {
        if (request.Headers.ContentEncoding.Count > 0) throw Unsupported("compressed");
        using var body = await CommandBody.ReadAsync(request, most, request.HttpContext.RequestAborted);
        return body is null ? throw new PlatformException(Problem.TooLarge(CommandBody.LimitOf(most))) : read(body.Bytes);
    }

    private static Task<T> ReadAsync<T>(HttpRequest request, Func<JsonElement, List<MemberError>, T> fromJson, Func<XElement, List<MemberError>, T> fromXml)
    {
        if (PlatformForm.IsJsonType(request.ContentType)) return ReadAsync(request, MostBytes, bytes => Checked(errors => FromJson(bytes, json => fromJson(json, errors))));
        if (PlatformForm.IsXmlType(request.ContentType)) return ReadAsync(request, MostBytes, bytes => Checked(errors => fromXml(XmlForm.Parse(bytes), errors)));
        throw Unsupported(request.ContentType ?? "of no type");
    }

    private static T FromJson<T>(ReadOnlyMemory<byte> bytes, Func<JsonElement, T> read)
    {
        using var json = JsonForm.Parse(bytes);
        return read(json.RootElement);
    }

    private static T Checked<T>(Func<List<MemberError>, T> parse)
    {
        var errors = new List<MemberError>();
        try
        {
            var read = parse(errors);
            PlatformException.ThrowIf(errors);
            return read;
        }
        catch (InvalidOperationException)
        {
            throw PlatformException.Malformed("body", "holds a text that is no UTF-8, or half of a character");
        }
        catch (JsonException e)
        {
            throw PlatformException.Malformed("body", $"is no JSON that is read here: {e.Message}");
        }
        catch (Exception e) when (e is ComponentFileException or DecoderFallbackException)
        {
            throw PlatformException.Malformed("body", e.Message);
        }
    }

    private static void IsA(string? name, string wanted, List<MemberError> errors)
    {
        if (name is not null && name != wanted) errors.Add(new(JsonForm.TypeMember, $"must be {wanted}, it is {WireValue.Shown(name)}"));
    }

    private static PlatformException Unsupported(string what) => new(MediaTypes.Unsupported with { Detail = $"The body is {WireValue.Shown(what)}; send {PlatformForm.Json} or {PlatformForm.Xml}, not compressed." });

    private sealed record Box<T>(T? Value);
}
