using System.Xml.Linq;

namespace ProcessDeployment.Engine.Import;

/// <summary>Whether a Process may run twice at a time, read from its options.</summary>
internal static class SimultaneousRuns
{
    public static bool? In(XElement definition) =>
        (string?)definition.Elements().FirstOrDefault(element => element.Name.LocalName == "process")?.Attribute("allowSimultaneous") switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
}
