using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>Requests of clients of the platform API.</summary>
internal static class Platform
{
    /// <summary>So many bytes of an answer are for people.</summary>
    private const int MostTold = 40_000;

    private static readonly string[] Texts = ["", "x", "kim@example.com", "01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d", "a\rb\r\nc\td", " ", "ä𝄞\u202e", "'; --", "true", "12", "2026-11-23T06:00:00.5Z", "0001-01-01T00:00:00+14:00", new('y', 300), $"{new string('y', 59)}𝄞"];

    public static IReadOnlyList<WireType> Types { get; } = [.. WireType.Known.OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>Those that can be looked for.</summary>
    public static IReadOnlyList<PlatformObject> Objects { get; } = [.. Registered().Where(about => about is { Queries: true, Source: not null }).OrderBy(about => about.Name, StringComparer.Ordinal)];

    public static HttpRequest Request(byte[] body, string type)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.ContentType, context.Request.ContentLength, context.Request.Body) = ("POST", type, body.Length, new MemoryStream(body, writable: false));
        return context.Request;
    }

    /// <summary>What was read; nothing, with a problem that says why in bounded words, for what is refused.</summary>
    public static T? Read<T>(Task<T> reading)
        where T : class
    {
        try
        {
            Broken.Unless(reading.IsCompleted, "It waits, and all there is to read is there.");
#pragma warning disable VSTHRD002 // It has come to its end.
            return reading.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (PlatformException e)
        {
            var told = e.Problem.Errors is { Count: > 0 } errors ? string.Join("; ", errors) : e.Problem.Detail ?? e.Problem.Title;
            Broken.Unless(e.Problem.Status is 400 or 413 && told.Length is > 0 and < MostTold, $"It is refused with {e.Problem.Status} and {told.Length} characters.");
            foreach (var form in (string[])[PlatformForm.Json, PlatformForm.Xml]) Tell(e.Problem, form);
            return null;
        }
    }

    /// <summary>An object at random.</summary>
    public static WireObject Made(WireType type, Dice dice, int depth = 4)
    {
        var made = new WireObject(type);
        foreach (var field in type.Fields.Where(_ => !dice.OneIn(3)))
        {
            if (field.Kind == WireKind.Object && depth == 0) continue;
            if (!field.IsList) made[field.Name] = Value(field, dice, depth);
            else made[field.Name] = Enumerable.Range(0, dice.Below(4)).Select(_ => Value(field, dice, depth)).ToList();
        }

        return made;
    }

    public static byte[] Json(WireObject value)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text)) JsonForm.Write(json, value);
        return text.ToArray();
    }

    public static byte[] Xml(WireObject value)
    {
        using var text = new MemoryStream();
        using (var xml = XmlWriter.Create(text, PlatformForm.XmlSettings)) XmlForm.Write(xml, value);
        return text.ToArray();
    }

    /// <summary>The same as XML can say it: without what it has no characters for, and without lists of nothing.</summary>
    public static WireObject AsXml(WireObject value)
    {
        var same = new WireObject(value.Type);
        foreach (var field in value.Type.Fields)
        {
            same[field.Name] = value[field.Name] switch
            {
                IReadOnlyList<object> { Count: 0 } => null,
                IReadOnlyList<object> list => list.Select(AsXml).ToList(),
                null => null,
                var held => AsXml(held),
            };
        }

        return same;
    }

    private static void Tell(Problem problem, string form)
    {
        var context = Request([], form).HttpContext;
        context.Response.Body = new MemoryStream();
        var told = new PlatformForm().WriteAsync(context, problem);
        Broken.Unless(told.IsCompleted, "Telling it waits.");
#pragma warning disable VSTHRD002 // It has come to its end.
        told.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    private static object AsXml(object held) => held switch
    {
        WireObject nested => AsXml(nested),
        string text => XmlForm.Readable(text),
        _ => held,
    };

    private static object Value(WireField field, Dice dice, int depth) => field.Kind switch
    {
        WireKind.Object => Made(WireType.Of(field.TypeName!), dice, depth - 1),
        WireKind.Number => dice.Number(),
        WireKind.Flag => dice.OneIn(2),
        WireKind.Time => new DateTimeOffset(2026, 11, 23, 6, 0, dice.Below(60), TimeSpan.Zero),
        _ => field.Words is { } words ? dice.Of(words) : dice.Of(Texts),
    };

    private static IEnumerable<PlatformObject> Registered()
    {
        var services = new ServiceCollection();
        services.AddPlatformApi(new PlatformOptions());
        return services.Where(service => service.ServiceType == typeof(PlatformObject)).Select(service => (PlatformObject)service.ImplementationInstance!);
    }

    /// <summary>For whoever reads a finding.</summary>
    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
