using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProcessDeployment.Contracts.Json;

/// <summary>How every message of the product is written and read; there is no other set of rules.</summary>
public static class WireJson
{
    /// <summary>For events, outcomes and answers: members this version does not know are passed over.</summary>
    public static JsonSerializerOptions Options { get; } = Create(JsonUnmappedMemberHandling.Skip);

    /// <summary>For commands: members this version does not know are refused.</summary>
    public static JsonSerializerOptions StrictOptions { get; } = Create(JsonUnmappedMemberHandling.Disallow);

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unknownMembers)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = unknownMembers,
            NumberHandling = JsonNumberHandling.Strict,
            MaxDepth = Limits.JsonDepth,
            // Only HTML needs the stricter escapes, and JSON is never put into HTML here: names and notes stay readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(NullableIsOptional),
            Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Null is written as absence, so a constructor parameter that may be null must not be demanded when reading.</summary>
    private static void NullableIsOptional(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property is { IsRequired: true, AssociatedParameter.IsNullable: true }) property.IsRequired = false;
        }
    }
}
