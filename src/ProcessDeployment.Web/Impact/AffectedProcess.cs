using ProcessDeployment.Client;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Impact;

/// <summary>One of many Processes that are deployed one after another: what it would mean, and what became of it.</summary>
/// <param name="api">The engine.</param>
/// <param name="process">As it was looked at.</param>
/// <param name="because">Why it is bold because of the component.</param>
/// <param name="before">The same as it was looked at before; what it would mean is shown until it is known anew.</param>
public sealed class AffectedProcess(EngineApi api, ProcessItem process, Reason because, AffectedProcess? before)
{
    public ProcessItem Process { get; } = process;

    public Reason Because { get; } = because;

    /// <summary>What deploying it would mean; null while nobody knows.</summary>
    public Preview? Preview { get; private set; } =
        before?.Process.CurrentVersion == process.CurrentVersion && before?.Process.LatestRevision == process.LatestRevision ? before?.Preview : null;

    /// <summary>The account asks for a reason with it.</summary>
    public bool IsAsked { get; private set; }

    public Submission Submission { get; } = new(api);

    /// <summary>It was sent, or refused, or nobody knows.</summary>
    public bool IsBegun { get; private set; }

    public bool WouldBeRefused => Preview?.Outcome.Refusal is not null;

    public async Task ForeseeAsync(Guid? environmentId, CancellationToken cancellation) => (Preview, IsAsked) = await api.ForeseeAsync(ToCommand(null, environmentId), cancellation);

    /// <summary>Sends it; once more with the same id, should it be on its way already.</summary>
    public Task DeployAsync(string? note, string reason, Guid? environmentId)
    {
        IsBegun = true;
        return Submission.IsOpen ? Submission.AgainAsync() : Submission.SendAsync(ToCommand(note, environmentId).Because(reason), "");
    }

    /// <summary>With what was looked at: should it be otherwise by then, it is refused. With environments there is a current version in each, and the list shows but one of them.</summary>
    private DeployProcess ToCommand(string? note, Guid? environmentId) => new()
    {
        ProcessId = Process.ProcessId,
        Note = note,
        EnvironmentId = environmentId,
        ExpectedRevision = Process.LatestRevision,
        ExpectedVersion = environmentId is null ? Process.CurrentVersion ?? 0 : null,
    };
}
