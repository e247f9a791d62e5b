using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Objects;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Operations;

/// <summary>The older way to have a Process run. Properties of the Process may be given by a name and a value alone.</summary>
internal static class ExecuteProcessOperation
{
    public const string Name = "executeProcess";

    public static readonly PlatformOperation Operation = new(Name, null, AnswerAsync);

    private static async Task AnswerAsync(PlatformCall call, string[] rest)
    {
        if (!HttpMethods.IsPost(call.Context.Request.Method) || rest.Length > 0) throw PlatformException.NotFound($"There is POST {Name}, and nothing else with that name.");
        var body = await PlatformBody.ReadAsync(call.Context.Request, WireType.Of("ProcessExecutionRequest"), ExecutionRequestObject.Object.Name);
        var named = from property in body.Object("ProcessProperties")?.Objects("ProcessProperty") ?? []
                    where !property.Has("componentId")
                    select new ExecutionProperty(ExtensionKey.OfProperty(PlatformCall.TextIn(property, "Name")), property.Text("Value") ?? "");
        var executionId = await ExecutionRequestObject.ExecuteAsync(call, body, [.. named, .. ExecutionRequestObject.PropertiesIn(body)]);
        await PlatformForm.WriteMessageAsync(call.Context, 200, "response", $"Operation completed successfully: execution {executionId} is asked for.");
    }
}
