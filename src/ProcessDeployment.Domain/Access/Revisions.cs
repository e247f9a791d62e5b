using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Components;

namespace ProcessDeployment.Domain.Access;

/// <summary>Who made what a deployment would bring: whoever did must not be the one who deploys it, where the account says so.</summary>
internal static class Revisions
{
    public static void Needs(Command command, Account account, Needs needs)
    {
        foreach (var processId in Deployed(command))
        {
            needs.VersionsOf(processId);
            if (!needs.Closure(processId) || !account.Versions.ContainsKey(processId)) continue;
            if (Latest(processId, account) is { } latest && !needs.Manifest(latest)) continue;
            foreach (var brought in Brought(processId, account)) needs.Revisers(brought);
        }
    }

    public static Denial? Denies(Command command, Account account)
    {
        var latestOwn = LatestOwn(command.Actor ?? "", account);
        foreach (var processId in Deployed(command))
        {
            var own = Brought(processId, account).Where(brought => latestOwn.GetValueOrDefault(brought.ComponentId, -1) >= brought.Revision).Select(brought => brought.ComponentId).ToList();
            if (own.Count > 0)
                return new(RefusalCodes.ReviserDeploys, $"{command.Actor} revised {account.Component(own[0])!.Name} since the latest deployment: somebody else must deploy it.", new ComponentsDetails([.. own.Take(ComponentsDetails.MostComponents)]));
        }

        return null;
    }

    /// <summary>Of each component the latest revision known after which the actor made one. What a batch made itself is known after another revision than what the store was asked for.</summary>
    private static Dictionary<Guid, int> LatestOwn(string actor, Account account) =>
        (from known in account.Revisers where known.Value.Contains(actor) group known.Key.Revision by known.Key.ComponentId).ToDictionary(component => component.Key, component => component.Max());

    private static IEnumerable<Guid> Deployed(Command command) => command switch
    {
        DeployProcess c => [c.ProcessId],
        DeployProcesses c => c.ProcessIds.Distinct(),
        PackageProcess c => [c.ProcessId],
        _ => [],
    };

    /// <summary>What was withdrawn brought nothing to anybody.</summary>
    private static VersionKey? Latest(Guid processId, Account account) =>
        account.Versions.TryGetValue(processId, out var known) && known.Where(made => !made.Withdrawn).Select(made => made.VersionNumber).DefaultIfEmpty().Max() is > 0 and var number ? new(processId, number) : null;

    /// <summary>The components whose latest revision is not the one that the latest version pinned. Without a whole closure nothing is deployed anyway.</summary>
    private static IEnumerable<RevisionsAfter> Brought(Guid processId, Account account)
    {
        var pinned = Latest(processId, account) is { } latest && account.Manifests.GetValueOrDefault(latest) is { } known
            ? known.Manifest.ToDictionary(entry => entry.ComponentId, entry => entry.Revision)
            : [];
        return Closure.Of(processId, account).Components is not { } components ? [] :
            from component in components
            let before = pinned.GetValueOrDefault(component.ComponentId)
            where component.Revision > before
            select new RevisionsAfter(component.ComponentId, before);
    }
}

/// <summary>The revisions of a component after one of them.</summary>
public readonly record struct RevisionsAfter(Guid ComponentId, int Revision);
