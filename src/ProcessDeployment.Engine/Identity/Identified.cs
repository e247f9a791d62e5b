using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Identity;

/// <summary>Somebody whose credentials were good.</summary>
/// <param name="Caller">Who it is.</param>
/// <param name="Until">Until when the credentials are good; null without end.</param>
internal sealed record Identified(Caller Caller, DateTimeOffset? Until)
{
    /// <summary>Null for whoever showed no credentials, and while no identity is configured.</summary>
    public static Identified? Of(HttpContext context) => context.Features.Get<Identified>();
}

/// <summary>While identity is configured everybody is who their credentials say, an Atom by its token like the others.</summary>
internal sealed class IdentifiedCallers : ICallers
{
    public Caller Of(HttpContext context) => AtomCaller.Of(context)?.Caller ?? Identified.Of(context)?.Caller
        ?? throw new InvalidOperationException($"{context.Request.Path} was opened to somebody without credentials and asks who it is.");
}
