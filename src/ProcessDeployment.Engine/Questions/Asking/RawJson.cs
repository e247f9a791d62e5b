using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>JSON that is given on as it is kept.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct RawJson(string Text)
{
    private sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new(document.RootElement.GetRawText());
        }

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
