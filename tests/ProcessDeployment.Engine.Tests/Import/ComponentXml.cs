using System.Text;
using ProcessDeployment.Engine.Import;

namespace ProcessDeployment.Engine.Tests.Import;

/// <summary>Component files of the shape that the platform exports, as small as a test needs them.</summary>
internal static class ComponentXml
{
    public const string Id = "aaaaaaaa-0000-4000-8000-000000000001";

    public static string Of(string definition, string type = "process", string attributes = "componentId=\"" + Id + "\" version=\"1\" name=\"Some\"", string encrypted = "", string overrides = "") =>
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?><bns:Component xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bns="http://api.platform.boomi.com/" {attributes} type="{type}"><bns:encryptedValues>{encrypted}</bns:encryptedValues><bns:description></bns:description><bns:object>{definition}</bns:object><bns:processOverrides>{overrides}</bns:processOverrides></bns:Component>
        """;

    public static string Process(params string[] shapes) =>
        $"""<process xmlns="" workload="general"><shapes><shape image="start" name="shape1" shapetype="start"><configuration><noaction/></configuration></shape>{string.Concat(shapes)}</shapes></process>""";

    public static string Step(string configuration) => $"""<shape shapetype="step"><configuration>{configuration}</configuration><dragpoints/></shape>""";

    public static ComponentWithContent Read(string xml) => new ComponentReader(new Connectors()).Read("some.xml", Encoding.UTF8.GetBytes(xml));

    public static string Failure(string xml) => Should.Throw<ComponentFileException>(() => Read(xml)).Message;

    public static Guid Nr(int number) => new($"bbbbbbbb-0000-4000-8000-{number:d12}");
}
