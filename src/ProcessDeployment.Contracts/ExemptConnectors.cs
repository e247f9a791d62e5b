using System.Collections.Frozen;

namespace ProcessDeployment.Contracts;

/// <summary>Connectors that never use a licence (R33), by wire name, compared without case.</summary>
public static class ExemptConnectors
{
    /// <summary>All of them.</summary>
    public static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
        ["as2server", "atomsphere", "partnerapi", "atomqueue", "boomiforsap", "datahub", "mdh", "eventstreams", "fss", "mllpserver", "wss"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether connections of this connector type are free.</summary>
    /// <param name="connectorType">Wire name of the connector.</param>
    public static bool Contains(string connectorType) => All.Contains(connectorType);
}
