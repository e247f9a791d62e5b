using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using ProcessDeployment.Client;
using ProcessDeployment.Web.Layout;
using ProcessDeployment.Web.Live;
using ProcessDeployment.Web.Wording;

namespace ProcessDeployment.Web.Atoms;

/// <summary>The Atoms by name, with how each is.</summary>
public sealed partial class AtomList : LiveComponent
{
    private const int AtOnce = 100;

    /// <summary>As many as the engine gives at once; of more than that nobody reads the end.</summary>
    private const int Most = 500;

    private int _wanted = AtOnce;
    private string? _text;

    [Parameter, EditorRequired]
    public AtomView View { get; set; } = null!;

    /// <summary>What the server put into the page.</summary>
    [PersistentState]
    public Part? Kept { get; set; }

    private Part? Shown { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private string Count => Shown is not { } shown ? "" : $"{(shown.HasMore ? "More than " : "")}{Say.Count(shown.Lines.Count, "Atom")}{(View.Text is null ? "" : " found")}";

    protected override async Task OnParametersSetAsync()
    {
        if (Shown is not null && _text == View.Text) return;
        var isFirst = Shown is null && Trouble is null;
        _text = View.Text;
        if (isFirst && Kept is { } kept)
        {
            Shown = kept;
            return;
        }

        _wanted = AtOnce;
        await LoadAsync();
        if (isFirst) Kept = Shown;
    }

    protected override bool Concerns(Change change) => change.Stream?.StartsWith("atom/", StringComparison.Ordinal) != false;

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var asked = View.Text;
        var page = await Api.AtomsAsync(asked, take: _wanted, cancellation: cancellation);
        // Meanwhile something else may have been typed, which asks for itself.
        if (asked == View.Text) Shown = new([.. page.Items.Select(atom => new Line(atom.AtomId, atom.Name, atom.HostName, atom.Status))], page.Next is not null);
    }

    private Task MoreAsync()
    {
        _wanted = Math.Min(_wanted + AtOnce, Most);
        return LoadAsync();
    }

    /// <summary>In place of the address before: nobody wants to go back letter by letter.</summary>
    private async Task FindAsync(string? text) => await Script.NarrowAsync((View with { Text = string.IsNullOrWhiteSpace(text) ? null : text }).Address);

    private async Task RegisterAsync()
    {
        if (await Dialogs.RegisterAsync() is not { } atomId) return;
        await LoadAsync();
        Navigation.GoTo(new AtomView(atomId, AtomView.Tokens).Address);
    }

    /// <summary>What a row shows, and no more.</summary>
    public sealed record Line(Guid AtomId, string Name, string? HostName, string Status);

    /// <summary>The first Atoms, and whether there are others.</summary>
    public sealed record Part(IReadOnlyList<Line> Lines, bool HasMore);
}
