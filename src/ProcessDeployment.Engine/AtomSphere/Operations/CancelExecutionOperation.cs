using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Objects;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Operations;

/// <summary>Asks the Atom to end an execution, which it does in its own time.</summary>
internal static class CancelExecutionOperation
{
    public const string Name = "cancelExecution";

    public static readonly PlatformOperation Operation = new(Name, null, AnswerAsync);

    private static async Task AnswerAsync(PlatformCall call, string[] rest)
    {
        if (!HttpMethods.IsPost(call.Context.Request.Method) || rest is not [var id]) throw PlatformException.NotFound($"There is POST {Name}/{{executionId}}, and nothing else with that name.");
        var executionId = ExecutionId.Read(id) ?? throw PlatformException.NotFound($"There is no execution with the id {WireValue.Shown(id)}.");
        await call.SendAsync(new CancelExecution { ExecutionId = executionId });
        await PlatformForm.WriteMessageAsync(call.Context, 202, "response", "Operation completed successfully: the Atom is asked to end the execution.");
    }
}
