using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Atoms;

/// <summary>Makes tokens for an Atom and takes them back. What a token is stands here once and is kept nowhere.</summary>
public sealed partial class TokensTab : LiveComponent
{
    private Submission _submission = null!;
    private IReadOnlyList<TokenItem>? _tokens;
    private IssuedToken? _issued;
    private Guid? _revoking;
    private DateTimeOffset? _until;
    private string _reason = "";
    private bool _issuing;
    private bool _lost;

    [Parameter, EditorRequired]
    public AtomAnswer Atom { get; set; } = null!;

    /// <summary>What the server put into the page.</summary>
    [PersistentState]
    public IReadOnlyList<TokenItem>? Kept { get; set; }

    private string? WhyNot => WhyNotNow ?? (Atom.Deleted ? "The Atom is deleted." : _issuing ? "One moment…" : _submission.WhyNot);

    protected override async Task OnInitializedAsync()
    {
        (_submission, _tokens) = (new(Api), Kept);
        if (_tokens is null) await LoadAsync();
        Kept = _tokens;
    }

    protected override bool Concerns(Change change) => change.Stream == $"atom/{Atom.AtomId}";

    protected override async Task RefreshAsync(CancellationToken cancellation) =>
        _tokens = IsPast ? [] : (await Api.TokensAsync(Atom.AtomId, cancellation)).Items;

    /// <summary>There is no id by which it could be sent again without making two.</summary>
    private async Task IssueAsync()
    {
        (_issuing, _lost, _issued) = (true, false, null);
        try
        {
            _issued = await Api.IssueTokenAsync(Atom.AtomId, _until, string.IsNullOrWhiteSpace(_reason) ? null : _reason.Trim());
            (_until, _reason) = (null, "");
            await LoadAsync();
        }
        catch (EngineException e)
        {
            (Trouble, _lost) = (e, e is EngineUnreachableException);
        }
        finally
        {
            _issuing = false;
        }
    }

    private async Task RevokeAsync(Guid tokenId)
    {
        _revoking = null;
        await _submission.SendAsync(new RevokeAtomToken { AtomId = Atom.AtomId, TokenId = tokenId }, "The token is revoked.");
        if (_issued?.TokenId == tokenId) _issued = null;
        await LoadAsync();
    }
}
