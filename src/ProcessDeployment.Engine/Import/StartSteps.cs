using System.Xml.Linq;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Import;

/// <summary>How a Process starts, read from its start shape.</summary>
internal static class StartSteps
{
    public static StartStep? In(XElement definition)
    {
        var action = definition.Descendants()
            .FirstOrDefault(element => element.Name.LocalName == "shape" && (string?)element.Attribute("shapetype") == "start")?
            .Elements().FirstOrDefault(element => element.Name.LocalName == "configuration")?
            .Elements().FirstOrDefault();
        return action?.Name.LocalName switch
        {
            null => null,
            "passthroughaction" => StartStep.None,
            _ => string.Equals((string?)action.Attribute("actionType"), "listen", StringComparison.OrdinalIgnoreCase) ? StartStep.Listener : StartStep.Schedule,
        };
    }
}
