using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Asks an Atom to run a Process. The answer says where its record is going to be.</summary>
internal static class ExecutionRequestObject
{
    public static readonly PlatformObject Object = new("ExecutionRequest", Privilege.Execute) { Create = CreateAsync };

    /// <summary>Sends the command; the id of the execution.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="body">Says which Process, and on which Atom.</param>
    /// <param name="properties">Values for this run only.</param>
    public static async Task<Guid> ExecuteAsync(PlatformCall call, WireObject body, IEnumerable<ExecutionProperty> properties) => (await call.AlreadyAsync() ?? await call.SendAsync(new ExecuteProcess
    {
        ProcessId = await ProcessAsync(call, body),
        AtomId = PlatformCall.IdIn(body, "atomId"),
        Properties = [.. properties],
    })).CommandId;

    /// <summary>Values by the keys of extensions, so that what is set for those wins where the Process runs (R39).</summary>
    public static IEnumerable<ExecutionProperty> PropertiesIn(WireObject body)
    {
        foreach (var property in body.Object("DynamicProcessProperties")?.Objects("DynamicProcessProperty") ?? [])
            yield return new(ExtensionKey.OfProperty(PlatformCall.TextIn(property, "name")), property.Text("value") ?? "");
        foreach (var component in body.Object("ProcessProperties")?.Objects("ProcessProperty").Where(property => property.Has("componentId") || property.Has("ProcessPropertyValue")) ?? [])
        {
            foreach (var value in component.Objects("ProcessPropertyValue"))
                yield return new(ExtensionKey.OfProcessProperty(PlatformCall.TextIn(component, "componentId"), PlatformCall.TextIn(value, "key")), value.Text("value") ?? "");
        }
    }

    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        var requestId = ExecutionId.RequestOf(await ExecuteAsync(call, body, PropertiesIn(body)));
        var request = call.Context.Request;
        var root = PlatformEndpoint.Roots.First(root => request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));
        body["requestId"] = requestId;
        body["recordUrl"] = $"{request.Scheme}://{request.Host}{request.PathBase}{root}/{call.AccountId}/ExecutionRecord/async/{requestId}";
        return body;
    }

    private static async Task<Guid> ProcessAsync(PlatformCall call, WireObject body)
    {
        if (body.Text("processId") is { Length: > 0 } || body.Text("processName") is not { Length: > 0 } name) return PlatformCall.IdIn(body, "processId");
        await call.NeedsAsync(ProcessObject.Object.Privilege, "the id of a Process by its name");
        return await call.FindAsync(ProcessObject.Object, new Filter.Condition("name", FilterOperator.EQUALS, [name])) switch
        {
            [] => throw PlatformException.Malformed("processName", $"must be the name of a Process, there is none called {WireValue.Shown(name)}"),
            [var one] => Guid.Parse(one.Text("id")!),
            _ => throw PlatformException.Malformed("processName", $"must be the name of one Process, there are several called {WireValue.Shown(name)}; give processId instead"),
        };
    }
}
