using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Access;

/// <summary>
/// Who may do what, for one request: looked up once, however many ask. Where all that is sent is judged under the account's
/// lock, what is remembered opens the door, without a question to the database; it never closes it.
/// </summary>
internal sealed class AccessOfRequest(KnownAccess known)
{
    public async ValueTask<SeenAccess> OfAsync(HttpContext context, string accountId)
    {
        if (SeenAccess.Of(context) is { } seen && seen.AccountId == accountId) return seen;
        return context.GetEndpoint()?.Metadata.GetMetadata<JudgedUnderTheLock>() is not null && known.Remembered(accountId) is { } remembered
            ? Keep(context, new(accountId, remembered, FromMemory: true))
            : await AfreshAsync(context, accountId);
    }

    public async ValueTask<SeenAccess> AfreshAsync(HttpContext context, string accountId) =>
        Keep(context, new(accountId, await known.OfAsync(accountId, context.RequestAborted), FromMemory: false));

    /// <summary>Before somebody who was let in from memory is told something that no lock stands before.</summary>
    /// <exception cref="NoLongerLetInException">He is let in no more.</exception>
    public async ValueTask ConfirmAsync(HttpContext context, Caller caller)
    {
        if (SeenAccess.Of(context) is not { FromMemory: true }) return;
        var seen = await AfreshAsync(context, caller.AccountId);
        if (!seen.Access.LetsIn(caller.Authority, caller.Actor)) throw new NoLongerLetInException();
    }

    private static SeenAccess Keep(HttpContext context, SeenAccess seen)
    {
        context.Features.Set(seen);
        return seen;
    }
}
