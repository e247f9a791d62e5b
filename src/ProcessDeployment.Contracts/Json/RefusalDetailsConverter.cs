using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProcessDeployment.Contracts.Json;

/// <summary>
/// Details of refusals have no member that names their form, since callers know it by the refusal code. Stored ones are
/// recognised by the first member that only one form has.
/// </summary>
internal sealed class RefusalDetailsConverter : JsonConverter<RefusalDetails>
{
    private static readonly (string Member, Type Form)[] Forms =
    [
        ("privilege", typeof(PrivilegeDetails)),
        ("freezeId", typeof(FrozenDetails)),
        ("componentIds", typeof(ComponentsDetails)),
        ("pools", typeof(LicenceExceededDetails)),
        ("path", typeof(PathDetails)),
        ("expected", typeof(ExpectationDetails)),
        ("packageVersion", typeof(PackageDetails)),
        ("atomIds", typeof(AtomsDetails)),
        ("expectedDigest", typeof(DigestDetails)),
        ("keys", typeof(ExtensionsDetails)),
        ("unknownTypes", typeof(EventTypesDetails)),
        ("processIds", typeof(ProcessesDetails)),
        ("parents", typeof(ParentsDetails)),
        ("endedAs", typeof(EndedDetails)),
        ("environmentId", typeof(EnvironmentDetails)),
        ("attachedAtomIds", typeof(InUseDetails)),
    ];

    public override RefusalDetails? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ahead = reader;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            foreach (var (member, form) in Forms)
            {
                if (ahead.ValueTextEquals(member)) return (RefusalDetails?)JsonSerializer.Deserialize(ref reader, form, options);
            }

            ahead.Skip();
        }

        throw new JsonException("These details of a refusal have none of the known forms.");
    }

    public override void Write(Utf8JsonWriter writer, RefusalDetails value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
}
