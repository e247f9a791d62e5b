using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Contracts.Json.Forms;

/// <summary>Derives the form of a record from what the serializer knows about it, so that the two cannot disagree.</summary>
internal static class FormBuilder
{
    public static Form Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return new TextForm();
        if (type == typeof(Guid)) return new IdForm();
        if (type == typeof(int)) return new WholeNumberForm();
        if (type == typeof(bool)) return new FlagForm();
        if (type.IsEnum) return new WordForm([.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(Word)]);

        var json = WireJson.StrictOptions.GetTypeInfo(type);
        return json.Kind switch
        {
            JsonTypeInfoKind.Object => new RecordForm([.. json.Properties.Select(p => MemberOf(p, type))]),
            JsonTypeInfoKind.Enumerable => new ListForm(Of(json.ElementType!)),
            _ => throw new NotSupportedException($"Commands have no form for members of type {type.Name} yet: add one beside {nameof(TextForm)}."),
        };
    }

    private static RecordForm.Member MemberOf(JsonPropertyInfo property, Type owner) => new(
        property.Name,
        property.Name == "content" && owner.IsSubclassOf(typeof(Command)) ? new ContentForm() : Of(property.PropertyType),
        property.IsRequired,
        property.AssociatedParameter?.IsNullable ?? property.IsSetNullable);

    private static string Word(FieldInfo field) => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name;
}
