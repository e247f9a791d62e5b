using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>The type of component that attachments are about: Processes, and nothing else here.</summary>
internal static class AttachedType
{
    private const string Field = "componentType";

    public static readonly Column Column = new($"'{ComponentTypes.Process}'::text");

    /// <exception cref="PlatformException">Something else is to be attached.</exception>
    public static void Check(WireObject body) => PlatformCall.Same(body, Field, ComponentTypes.Process);
}
