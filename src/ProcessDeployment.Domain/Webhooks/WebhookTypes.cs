using System.Collections.Frozen;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Webhooks;

/// <summary>The types of events that webhooks can ask for.</summary>
internal static class WebhookTypes
{
    public static readonly FrozenSet<string> All = typeof(DomainEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract).Select(WireNameAttribute.Of).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What people mean by deployments.</summary>
    public static readonly IReadOnlyList<string> OfDeployments =
        [.. new[] { typeof(VersionDeployed), typeof(AtomAttached), typeof(AtomDetached), typeof(AttachmentRefused), typeof(DeploymentRefused), typeof(MoveRefused) }.Select(WireNameAttribute.Of)];
}
