using System.Collections.Concurrent;
using System.Security.Cryptography;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Access;

/// <summary>Notes in the history of an account what somebody asked in vain. Of one caller and one question once a minute, with how often it was: nobody can fill a history by asking.</summary>
internal sealed class Denials(ICommandPipeline pipeline, TimeProvider time, ILogger<Denials> log)
{
    private const string Source = "//process-deployment/engine";
    private const string Type = "processdeployment.record-denial.v1";
    private const int Most = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string AccountId, string Actor, string Act), (DateTimeOffset Noted, int Since)> _noted = new();

    public async Task NoteAsync(Caller caller, string act, string message, Privilege? privilege, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (_noted.Count > Most) Forget(now);
        var times = 0;
        _noted.AddOrUpdate(
            (caller.AccountId, caller.Actor, act),
            _ => First(),
            (_, before) => before.Noted + Pause <= now ? Again(before.Since + 1) : (before.Noted, before.Since + 1));
        if (times == 0) return;
        var happened = new AccessDenied { Act = act, Code = RefusalCodes.NotAllowed, Message = message, Privilege = privilege, Subjects = [], Times = times };
        var id = Guid.CreateVersion7();
        try
        {
            await pipeline.SubmitAsync(
                new(new(id, Source, Type, Time: null, new RecordDenial { AccountId = caller.AccountId, Actor = caller.Actor, Happened = happened }, SHA256.HashData(id.ToByteArray())), Channels.Engine), cancellation);
        }
        catch (Exception e) when (e is PipelineBusyException or StoreUnavailableException or AccountAwayException)
        {
            log.LogWarning("{Act} was denied, which could not be noted: {Reason}", act, e.Message);
        }

        (DateTimeOffset, int) First() => Again(1);

        (DateTimeOffset, int) Again(int count)
        {
            times = count;
            return (now, 0);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var old in _noted.Where(noted => noted.Value.Noted + Pause <= now)) _noted.TryRemove(old);
    }
}
