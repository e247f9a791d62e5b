using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Extensions by their keys, and the same in the groups that the platform has them in. A secret comes in and never goes out.</summary>
internal static class ExtensionsForm
{
    private static readonly string[] NotKept = ["crossReferences", "tradingPartners", "PGPCertificates", "sharedCommunications"];
    private static readonly string[] NotKeptOfFields = ["customProperties", "CloudManagedSecretConfig"];

    /// <summary>Declarations whose keys have another form are left out: the platform has no place for them.</summary>
    public static WireObject Write(Guid id, IEnumerable<DeclaredExtension> declared)
    {
        var kinds = declared.Select(extension => (Key: ExtensionKey.Read(extension.Key), Declared: extension)).Where(extension => extension.Key is not null).ToLookup(extension => extension.Key!.Kind);
        var written = new WireObject("EnvironmentExtensions") { ["id"] = id.ToString(), ["environmentId"] = id.ToString(), ["extensionGroupId"] = "" };
        foreach (var group in NotKept) written[group] = new WireObject(written.Type.Field(group).TypeName!);
        written["connections"] = Owners("Connections", "connection", "Connection", "field", kinds[ExtensionKey.Connection], Field);
        written["operations"] = Owners("Operations", "operation", "Operation", "field", kinds[ExtensionKey.Operation], Field);
        written["processProperties"] = Owners("OverrideProcessProperties", "ProcessProperty", "OverrideProcessProperty", "ProcessPropertyValue", kinds[ExtensionKey.ProcessProperty], Value);
        written["properties"] = new WireObject("Properties")
        {
            ["property"] = kinds[ExtensionKey.Property].Select(property => (object)new WireObject("Property") { ["name"] = property.Key!.Name, ["value"] = property.Declared.Value }).ToList(),
        };
        return written;
    }

    /// <summary>What is to be set, by keys; null for what is named and left as it is.</summary>
    /// <param name="body">The object.</param>
    /// <param name="partial">Whether what is not named stays.</param>
    public static Dictionary<string, ExtensionSetting?> Read(WireObject body, bool partial)
    {
        if (body.Text("extensionGroupId") is { Length: > 0 }) throw PlatformException.Malformed("extensionGroupId", "must be empty, there are no integration packs here");
        if (NotKept.FirstOrDefault(group => body.Object(group) is { } sent && sent.Type.Fields.Any(list => sent.Objects(list.Name).Any())) is { } refused) throw PlatformException.Malformed(refused, "cannot be set here");
        var settings = new Dictionary<string, ExtensionSetting?>(StringComparer.Ordinal);
        foreach (var (key, field) in Fields(body))
        {
            if (field.Type.Fields.FirstOrDefault(sent => NotKeptOfFields.Contains(sent.Name) && field.Has(sent.Name)) is { } other) throw PlatformException.Malformed($"{key} {other.Name}", "cannot be set here");
            if (!settings.TryAdd(key, SettingOf(key, field))) throw PlatformException.Malformed(key, "is given twice");
            // Nobody can read the value back to set it again, and a full update takes away what it does not set.
            if (!partial && settings[key] is null && field.Type.TryGet("encryptedValueSet", out _) && field.Flag("encryptedValueSet") is true)
                throw PlatformException.Malformed(key, "is encrypted and set: a full update must give its value again, or say partial");
        }

        return settings;
    }

    private static IEnumerable<(string Key, WireObject Field)> Fields(WireObject body)
    {
        foreach (var (group, list, kind) in ((string, string, string)[])[("connections", "connection", ExtensionKey.Connection), ("operations", "operation", ExtensionKey.Operation)])
        {
            foreach (var owner in body.Object(group)?.Objects(list) ?? [])
            {
                foreach (var field in owner.Objects("field")) yield return ($"{kind}/{PlatformCall.TextIn(owner, "id")}/{PlatformCall.TextIn(field, "id")}", field);
            }
        }

        foreach (var owner in body.Object("processProperties")?.Objects("ProcessProperty") ?? [])
        {
            foreach (var value in owner.Objects("ProcessPropertyValue")) yield return (ExtensionKey.OfProcessProperty(PlatformCall.TextIn(owner, "id"), PlatformCall.TextIn(value, "key")), value);
        }

        foreach (var property in body.Object("properties")?.Objects("property") ?? []) yield return (ExtensionKey.OfProperty(PlatformCall.TextIn(property, "name")), property);
    }

    private static ExtensionSetting? SettingOf(string key, WireObject field) =>
        field.Type.TryGet("useDefault", out _) && field.Flag("useDefault") is true ? new(key, UseDefault: true)
        : field.Text("value") is { } value ? new(key, value)
        : null;

    private static WireObject Owners(string group, string list, string type, string fields, IEnumerable<(ExtensionKey? Key, DeclaredExtension Declared)> extensions, Func<ExtensionKey, DeclaredExtension, WireObject> field) => new(group)
    {
        [list] = extensions.GroupBy(extension => extension.Key!.Owner).Select(owner => (object)new WireObject(type)
        {
            ["id"] = owner.Key,
            ["name"] = owner.First().Declared.Owner,
            [fields] = owner.Select(extension => (object)field(extension.Key!, extension.Declared)).ToList(),
        }).ToList(),
    };

    private static WireObject Field(ExtensionKey key, DeclaredExtension declared) => Set(new("Field") { ["id"] = key.Name, ["componentOverride"] = false }, declared);

    private static WireObject Value(ExtensionKey key, DeclaredExtension declared) => Set(new("ProcessPropertyValue") { ["key"] = key.Name, ["label"] = declared.Label }, declared);

    /// <summary>What was never set has no value and uses no default: sent back like this, it stays so.</summary>
    private static WireObject Set(WireObject field, DeclaredExtension declared)
    {
        field["value"] = declared.Value;
        field["useDefault"] = declared.UseDefault is true;
        field["usesEncryption"] = declared.Secret;
        field["encryptedValueSet"] = declared is { Secret: true, UseDefault: false };
        return field;
    }
}

/// <summary>An extension that some Process declares, and what it is set to.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Label">What people see.</param>
/// <param name="Secret">Its value is for the Atom alone.</param>
/// <param name="Value">Null where none is set, or it is secret.</param>
/// <param name="UseDefault">The Process's own value is wanted; null where nothing was ever said.</param>
/// <param name="Owner">The name of the component that it belongs to.</param>
internal sealed record DeclaredExtension(string Key, string? Label, bool Secret, string? Value, bool? UseDefault, string? Owner);
