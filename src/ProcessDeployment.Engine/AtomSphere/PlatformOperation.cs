using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>A verb of the platform API that is no object.</summary>
/// <param name="Name">By which it is called.</param>
/// <param name="Privilege">What it asks for before it is looked at; null where it only sends a command, which is judged in the pipeline.</param>
/// <param name="AnswerAsync">Does it, with what stands in the path after its name.</param>
internal sealed record PlatformOperation(string Name, Privilege? Privilege, Func<PlatformCall, string[], Task> AnswerAsync);
