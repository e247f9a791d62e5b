using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Schema.Tests.Schemas;

/// <summary>Derives the JSON Schema (draft 2020-12) of a message from its record.</summary>
internal static class SchemaExport
{
    private static readonly JsonSerializerOptions Indented = new(WireJson.Options) { WriteIndented = true };

    public static string Text(JsonNode schema) => schema.ToJsonString(Indented) + "\n";

    public static JsonObject Of(Message message)
    {
        var body = Body(message.Type, message.IsCommand);
        var description = XmlDocs.Of(message.Type);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:process-deployment:{message.Path.Replace('/', ':')}",
            ["title"] = message.Folder.Length > 0 ? message.WireName : message.Type.Name,
        };
        if (description is not null) schema["description"] = description;
        if (message.IsCommand) body = Envelope(message.WireName, Moved(body));
        foreach (var (keyword, value) in body.ToList())
        {
            body.Remove(keyword);
            schema[keyword] = value;
        }

        return schema;
    }

    private static JsonObject Body(Type type, bool strict) => (JsonObject)(strict ? WireJson.StrictOptions : WireJson.Options).GetJsonSchemaAsNode(
        type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, node) => Enrich(context, node, strict) });

    private static JsonObject Enrich(JsonSchemaExporterContext context, JsonNode node, bool isCommand)
    {
        var schema = node as JsonObject ?? [];
        if (context.TypeInfo.Type == typeof(RefusalDetails)) schema["anyOf"] = Details();
        if (schema["required"] is not null) schema["required"] = Required(context.TypeInfo);
        if (context.PropertyInfo is not { AttributeProvider: PropertyInfo property } member) return schema;

        if (isCommand && SchemaLimits.Of(property.DeclaringType!, member.Name) is { } limits)
        {
            foreach (var (keyword, value) in limits) schema[keyword] = value!.DeepClone();
        }

        if (XmlDocs.Of(property) is { } description) schema.Insert(0, "description", description);
        return schema;
    }

    /// <summary>The exporter asks for constructor parameters that may be null, which <see cref="WireJson"/> does not.</summary>
    private static JsonArray Required(JsonTypeInfo type) => [.. type.Properties.Where(property => property.IsRequired).Select(property => property.Name)];

    /// <summary>The forms in which a refusal explains itself, recognised by their members.</summary>
    private static JsonArray Details() =>
    [
        .. typeof(RefusalDetails).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(RefusalDetails)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => Body(type, strict: false)),
        new JsonObject { ["type"] = "null" },
    ];

    /// <summary>A type that occurs twice is told once and referred to, by its place in the whole: that of the data is deeper.</summary>
    private static JsonObject Moved(JsonObject data)
    {
        foreach (var node in data.Select(member => member.Value).ToList())
        {
            if (node is JsonObject inner) Moved(inner);
        }

        if (data["$ref"] is { } to) data["$ref"] = to.ToString().Replace("#/", "#/properties/data/", StringComparison.Ordinal);
        return data;
    }

    private static JsonObject Envelope(string wireName, JsonObject data) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["specversion"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("1.0") },
            ["id"] = Described("The command id. Its effect happens once per account for ever: send the same id again after a failure, a new one to try again after a refusal.", "uuid"),
            ["source"] = new JsonObject
            {
                ["description"] = "Who sends it, as a URI.",
                ["type"] = "string",
                ["minLength"] = 1,
                ["maxLength"] = Limits.Source,
            },
            ["type"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(wireName) },
            ["time"] = Described("When it was made, for information.", "date-time"),
            ["datacontenttype"] = new JsonObject { ["type"] = "string" },
            ["data"] = data,
        },
        ["patternProperties"] = new JsonObject { ["^[a-z0-9]{1,60}$"] = new JsonObject() },
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("specversion", "id", "source", "type", "data"),
    };

    private static JsonObject Described(string description, string format) =>
        new() { ["description"] = description, ["type"] = "string", ["format"] = format };
}
