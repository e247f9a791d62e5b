using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.ChannelTests;

/// <summary>The engine's own, with a defect that one command brings out before it is in its lane.</summary>
internal sealed class BrittlePipeline(ICommandPipeline whole) : ICommandPipeline
{
    public static RegisterAtom Breaking => new() { AtomId = Guid.CreateVersion7(), Name = "Breaks the pipeline" };

    public Task<Outcome> SubmitAsync(IncomingCommand command, CancellationToken cancellation = default) =>
        command.Envelope.Command is RegisterAtom { Name: "Breaks the pipeline" }
            ? throw new System.Xml.XmlException("A defect.")
            : whole.SubmitAsync(command, cancellation);
}
