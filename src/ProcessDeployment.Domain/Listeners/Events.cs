using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain.Listeners;

/// <summary>A listener takes no requests from now on. A detach ends that too, and says nothing of it.</summary>
[WireName("processdeployment.listener-paused.v1")]
public sealed record ListenerPaused : AttachmentEvent;

/// <summary>A listener that was paused is so no more: somebody resumed it, or a version became effective there that does not listen.</summary>
[WireName("processdeployment.listener-resumed.v1")]
public sealed record ListenerResumed : AttachmentEvent;

/// <summary>A listener was to stop and to start again; one that was paused takes requests from then on.</summary>
[WireName("processdeployment.listener-restarted.v1")]
public sealed record ListenerRestarted : AttachmentEvent;
