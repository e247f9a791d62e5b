using System.Collections.Frozen;
using System.Xml.Linq;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// Which connector a component is, and its licence class. Exports do not tell the class: the well-known exceptions are
/// listed here, a caller may name more, the rest is standard.
/// </summary>
public sealed class Connectors(IReadOnlyDictionary<string, ConnectorClass>? classes = null)
{
    public const string TradingPartner = "tradingpartner";

    private static readonly FrozenDictionary<string, ConnectorClass> WellKnown = new Dictionary<string, ConnectorClass>(StringComparer.OrdinalIgnoreCase)
    {
        ["quickbooks"] = ConnectorClass.SmallBusiness,
        ["quickbooksonline"] = ConnectorClass.SmallBusiness,
        ["sap"] = ConnectorClass.Enterprise,
        ["sapjco"] = ConnectorClass.Enterprise,
        ["oracleebs"] = ConnectorClass.Enterprise,
        ["peoplesoft"] = ConnectorClass.Enterprise,
        ["jdedwards"] = ConnectorClass.Enterprise,
        ["siebel"] = ConnectorClass.Enterprise,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Connectors that exports name by the id of their publisher, and the name their exemption goes by (R33).</summary>
    private static readonly FrozenDictionary<string, string> ExemptNames = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["officialboomi-X3979C-events-prod"] = "eventstreams",
        ["invixoconsultinggroupas-OZI90V-boomia-prod"] = "boomiforsap",
        ["queue"] = "atomqueue",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for what is no connection. The own company among trading partners is no partner and uses no licence.</summary>
    public Connector? Of(string componentType, string? subType, XElement definition)
    {
        if (componentType == ComponentTypes.Connection && !string.IsNullOrWhiteSpace(subType))
        {
            var type = ExemptNames.GetValueOrDefault(subType, subType);
            return new(type, Class(type));
        }

        return componentType == TradingPartner && !IsOwnCompany(definition) ? new(TradingPartner, ConnectorClass.TradingPartner) : null;
    }

    private ConnectorClass Class(string type) =>
        classes is not null && classes.TryGetValue(type, out var named) ? named : WellKnown.GetValueOrDefault(type, ConnectorClass.Standard);

    private static bool IsOwnCompany(XElement definition) =>
        definition.Elements().Any(element => (string?)element.Attribute("classification") is "mytradingpartner" or "mycompany");
}
