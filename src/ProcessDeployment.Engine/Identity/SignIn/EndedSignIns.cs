using System.Collections.Concurrent;

namespace ProcessDeployment.Engine.Identity.SignIn;

/// <summary>Who signed out here before the sign-in would have ended by itself: a copy of the cookie is good for nothing then.</summary>
internal sealed class EndedSignIns(TimeProvider time)
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _ended = new();

    public void End(PageUser user)
    {
        if (_ended.Count >= Most) Forget();
        _ended[user.Id] = user.Ends;
    }

    public bool IsOver(PageUser user) => user.Ends <= time.GetUtcNow() || _ended.ContainsKey(user.Id);

    /// <summary>What is over anyway need not be remembered.</summary>
    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (id, ends) in _ended)
        {
            if (ends <= now) _ended.TryRemove(id, out _);
        }
    }
}
