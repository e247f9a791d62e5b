using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Engine.Tests.ReadModels;

/// <summary>The commands about listeners of a random history.</summary>
internal static class RandomListeners
{
    /// <summary>About one that listens, or about all beside it, where there is any.</summary>
    public static Command Any(Random random, Account account, Guid[] processes, Guid[] atoms)
    {
        AttachmentKey[] listening = [.. from processId in processes from atomId in atoms where Listens(account, processId, atomId) select new AttachmentKey(processId, atomId)];
        var key = listening.Length == 0 ? new(processes[random.Next(processes.Length)], atoms[random.Next(atoms.Length)]) : listening[random.Next(listening.Length)];
        Guid? one = random.Next(3) > 0 ? key.ProcessId : null;
        return random.Next(5) switch
        {
            < 3 => new PauseListeners { ProcessId = one, AtomId = key.AtomId },
            3 => new ResumeListeners { ProcessId = one, AtomId = key.AtomId },
            _ => new RestartListeners { ProcessId = one, AtomId = key.AtomId },
        };
    }

    private static bool Listens(Account account, Guid processId, Guid atomId) =>
        account.Component(processId)?.Deployment is { } deployment && deployment.AtomIds.Contains(atomId)
        && account.Manifests.GetValueOrDefault(new(processId, deployment.VersionOn(atomId)))?.Manifest.Any(entry => entry.ComponentId == processId && entry.StartStep == StartStep.Listener) is true;
}
