using System.Collections.Frozen;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Webhooks;

/// <summary>The types of events that webhooks can ask for.</summary>
internal static class WebhookTypes
{
    public static readonly FrozenSet<string> All = typeof(DomainEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract).Select(WireNameAttribute.Of).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What people mean by deployments, with environments and without.</summary>
    public static readonly IReadOnlyList<string> OfDeployments =
    [
        .. new[]
        {
            typeof(VersionDeployed), typeof(VersionPromoted),
            typeof(AtomAttached), typeof(AtomDetached),
            typeof(ProcessAttachedToEnvironment), typeof(ProcessDetachedFromEnvironment), typeof(AtomAttachedToEnvironment), typeof(AtomDetachedFromEnvironment),
            typeof(AttachmentRefused), typeof(EnvironmentAttachmentRefused), typeof(DeploymentRefused), typeof(PromotionRefused), typeof(MoveRefused),
        }.Select(WireNameAttribute.Of),
    ];
}
