using System.Collections.Frozen;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// The attributes of component XML that hold the id of another component. Collected from exports and from the vendor's
/// published component reference. An attribute that means something else in other places is named with its element.
/// </summary>
internal static class ReferenceTable
{
    private static readonly FrozenDictionary<string, ReferenceKind> Anywhere = new Dictionary<string, ReferenceKind>(StringComparer.Ordinal)
    {
        // Connectors: the connector step, connector calls in maps, parameters read through a connector.
        ["connectionId"] = ReferenceKind.Dependent,
        ["operationId"] = ReferenceKind.Dependent,

        // Maps, profiles, caches, cross-reference tables.
        ["mapId"] = ReferenceKind.Dependent,
        ["profileId"] = ReferenceKind.Dependent,
        ["fromProfile"] = ReferenceKind.Dependent,
        ["toProfile"] = ReferenceKind.Dependent,
        ["requestProfile"] = ReferenceKind.Dependent,
        ["responseProfile"] = ReferenceKind.Dependent,
        ["requestProfileId"] = ReferenceKind.Dependent,
        ["responseProfileId"] = ReferenceKind.Dependent,
        ["parameter-profile"] = ReferenceKind.Dependent,
        ["output-profile"] = ReferenceKind.Dependent,
        ["docCache"] = ReferenceKind.Dependent,
        ["docCacheId"] = ReferenceKind.Dependent,
        ["crossRefTableId"] = ReferenceKind.Dependent,

        // Scripts (Scripting, dataprocessscript) and process properties (DefinedProcessProperty, definedprocessparameter).
        ["componentId"] = ReferenceKind.Dependent,

        // Trading partners. A processing group is deployed on its own.
        ["partnerId"] = ReferenceKind.Dependent,
        ["myTradingPartnerId"] = ReferenceKind.Dependent,
        ["customStandardId"] = ReferenceKind.Dependent,
        ["tpGroupId"] = ReferenceKind.Independent,

        // Certificates of a connection.
        ["clientsslalias"] = ReferenceKind.Dependent,
        ["trustedcertalias"] = ReferenceKind.Dependent,

        // Processes: bound at run time and deployed on their own (a route of an API Service, an action of a Flow Service,
        // an entry of a Process Route), but for the Process Call below.
        ["processId"] = ReferenceKind.Independent,
        ["processRouteId"] = ReferenceKind.Independent,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<(string Element, string Attribute), ReferenceKind> Within = new Dictionary<(string, string), ReferenceKind>
    {
        [("processcall", "processId")] = ReferenceKind.Dependent,
        [("connectoraction", "profile")] = ReferenceKind.Dependent,
        [("DocumentCache", "profile")] = ReferenceKind.Dependent,
        [("sqlparameter", "connection")] = ReferenceKind.Dependent,
        [("spparameter", "connection")] = ReferenceKind.Dependent,
        [("SqlLookup", "connection")] = ReferenceKind.Dependent,

        // A function of a map made elsewhere; the ids of built-in functions are numbers.
        [("FunctionStep", "id")] = ReferenceKind.Dependent,
    }.ToFrozenDictionary();

    /// <summary>A field of these types holds the id of a component as its value.</summary>
    public static readonly FrozenSet<string> FieldTypes = FrozenSet.ToFrozenSet(["component", "privatecertificate", "publiccertificate"], StringComparer.Ordinal);

    /// <summary>These hold ids that are no components: keys of properties, shapes and fields.</summary>
    public static readonly FrozenSet<string> OtherIds = FrozenSet.ToFrozenSet(["key", "propertyKey", "folderId", "value", "elementId"], StringComparer.Ordinal);

    public static ReferenceKind? Kind(string element, string attribute) =>
        Within.TryGetValue((element, attribute), out var within) ? within
        : Anywhere.TryGetValue(attribute, out var anywhere) ? anywhere
        : null;
}
