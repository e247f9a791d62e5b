using ProcessDeployment.Client;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Web.Atoms;

/// <summary>Where an Atom is among the environments, and what brings it elsewhere.</summary>
internal static class Placing
{
    public static EnvironmentItem? Of(Guid atomId, EnvironmentsAnswer environments) => environments.Items.FirstOrDefault(environment => environment.Atoms.Any(atom => atom.AtomId == atomId));

    /// <param name="atomId">The Atom.</param>
    /// <param name="from">Where it is; null for nowhere.</param>
    /// <param name="to">Where it is to be, which is elsewhere; null for nowhere.</param>
    public static Command Command(Guid atomId, Guid? from, Guid? to) => to is { } environmentId
        ? new AttachAtomToEnvironment { EnvironmentId = environmentId, AtomId = atomId }
        : new DetachAtomFromEnvironment { EnvironmentId = from ?? Guid.Empty, AtomId = atomId };
}
