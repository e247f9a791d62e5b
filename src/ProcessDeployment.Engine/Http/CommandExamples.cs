using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ProcessDeployment.Engine.Http;

/// <summary>Commands to try, in the order of a first walk.</summary>
internal static class CommandExamples
{
    private const string Process = "0193a000-0000-7000-8000-000000000001";
    private const string Atom = "0193a000-0000-7000-8000-000000000002";

    public static IDictionary<string, IOpenApiExample> Single { get; } = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal)
    {
        ["save a Process"] = Example(Command(1, "save-component", $$"""{"componentId":"{{Process}}","componentType":"process","name":"Orders","folder":"Shop","content":"<process/>"}""")),
        ["register an Atom"] = Example(Command(2, "register-atom", $$"""{"atomId":"{{Atom}}","name":"Production"}""")),
        ["attach the Atom to the Process"] = Example(Command(3, "attach-atoms", $$"""{"processId":"{{Process}}","atomIds":["{{Atom}}"],"reason":"go-live"}""")),
        ["deploy the Process"] = Example(Command(4, "deploy-process", $$"""{"processId":"{{Process}}","note":"first version"}""")),
    };

    public static IDictionary<string, IOpenApiExample> Batch { get; } = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal)
    {
        ["all of it"] = Example($"[{string.Join(',', Single.Values.Select(example => example.Value!.ToJsonString()))}]"),
    };

    private static OpenApiExample Example(string json) => new() { Value = JsonNode.Parse(json) };

    private static string Command(int number, string name, string data) =>
        $$"""{"specversion":"1.0","id":"0193a000-0000-7000-8000-00000000010{{number}}","source":"//try","type":"processdeployment.{{name}}.v1","data":{{data}}}""";
}
