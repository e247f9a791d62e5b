using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Operations;

/// <summary>Pauses, resumes or restarts a listener on an Atom, or all of them there.</summary>
internal static class ChangeListenerStatus
{
    private const string Name = "changeListenerStatus";
    private const string All = "_all";

    public static readonly PlatformOperation Operation = new(Name, null, AnswerAsync);

    private static async Task AnswerAsync(PlatformCall call, string[] rest)
    {
        if (rest.Length > 0 || !HttpMethods.IsPost(call.Context.Request.Method)) throw PlatformException.NotFound($"What can be done with {Name} is POST {Name}.");
        var asked = await PlatformBody.ReadAsync(call.Context.Request, WireType.Of("ChangeListenerStatusRequest"));
        var (atomId, processId, action) = (PlatformCall.IdIn(asked, "containerId"), PlatformCall.IdIfAny(asked, "listenerId"), PlatformCall.TextIn(asked, "action"));
        // Without a listener all are meant, whatever the action is called; with one only that.
        if (processId is not null && action.EndsWith(All, StringComparison.Ordinal)) throw PlatformException.Malformed("listenerId", $"must be left out with {action}");
        await call.SendAsync(action.Replace(All, "", StringComparison.Ordinal) switch
        {
            "pause" => new PauseListeners { AtomId = atomId, ProcessId = processId },
            "resume" => new ResumeListeners { AtomId = atomId, ProcessId = processId },
            _ => new RestartListeners { AtomId = atomId, ProcessId = processId },
        });
        await PlatformForm.WriteMessageAsync(call.Context, 200, $"{Name}Response", "The Atom hears of it with its next look.");
    }
}
