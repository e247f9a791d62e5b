using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Operations;

/// <summary>Shows dead letters, sends them again, and tells what becomes of them.</summary>
public sealed partial class DeadLetters : PolledComponent
{
    private const int AtOnce = 25;
    private const int Most = 250;
    private const int Looks = 10;
    /// <summary>A letter that comes back makes no change that could be listened to.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);
    private List<DeadLetter>? _letters;
    private string? _next;
    private int _wanted = AtOnce;
    private string? _told;
    private long? _toldPosition;

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var page = await Api.DeadLettersAsync(cursor: null, _wanted, cancellation);
        (_letters, _next) = ([.. page.Items], _wanted < Most ? page.Next : null);
    }

    private string? WhyNot(DeadLetter letter) => WhyNotNow ?? letter switch
    {
        _ when IsActing => "Sending…",
        { IsInternal: true } => "It is a message inside the engine, which sends its own again.",
        { Truncated: true } => "Not all of it was kept: it was too large, or held what may be secret. Its sender has to send it anew.",
        _ => null,
    };

    private Task OlderAsync()
    {
        _wanted += AtOnce;
        return LoadAsync();
    }

    private Task ReplayAsync(DeadLetter letter) => ActAsync(async left =>
    {
        (_told, _toldPosition) = ("It is on its way…", null);
        var sent = await Api.ReplayLetterAsync(letter.Id, left);
        for (var look = 0; look < Looks; look++)
        {
            await Task.Delay(Between, left);
            if (await BecameAsync(letter, sent.CommandId, left)) return;
        }

        _told = "It was sent again, and did not come back. What became of it stands in the audit trail of its account.";
    });

    /// <summary>Whether it was judged meanwhile, or came back.</summary>
    private async Task<bool> BecameAsync(DeadLetter letter, Guid? commandId, CancellationToken left)
    {
        if (commandId is { } known && await OutcomeAsync(known, left) is { } outcome)
        {
            (_told, _toldPosition) = outcome switch
            {
                { Refusal: { } refusal } => ($"It was judged, and refused: {refusal.Message}", null),
                { Status: OutcomeStatus.Unchanged } => ("It was judged: there was nothing to do.", null),
                _ => ("It took effect.", outcome.Events is [{ } first, ..] ? first.Position : (long?)null),
            };
            return true;
        }

        var page = await Api.DeadLettersAsync(cursor: null, AtOnce, left);
        if (page.Items.FirstOrDefault(back => Asked.Number(back.Id) > Asked.Number(letter.Id) && back.CommandId == commandId && back.Body == letter.Body) is not { } again) return false;
        _told = $"It is a dead letter again, now number {again.Id}: {again.Reason}";
        return true;
    }

    private async Task<Outcome?> OutcomeAsync(Guid commandId, CancellationToken left)
    {
        try
        {
            return await Api.OutcomeAsync(commandId, left);
        }
        catch (EngineProblemException e) when (e.Problem.IsNotFound)
        {
            return null;
        }
    }
}
