using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Engine.Access;

/// <summary>By what a request was let in.</summary>
/// <param name="AccountId">The account it is about.</param>
/// <param name="Access">Who may do what there.</param>
/// <param name="FromMemory">Whether that was remembered and may be over.</param>
internal sealed record SeenAccess(string AccountId, AccessState Access, bool FromMemory)
{
    /// <summary>Null where nothing was looked up.</summary>
    public static SeenAccess? Of(HttpContext context) => context.Features.Get<SeenAccess>();
}

/// <summary>Marks what takes commands and answers nothing else: each is judged under the lock of its account, with whoever sends it.</summary>
internal sealed class JudgedUnderTheLock;
