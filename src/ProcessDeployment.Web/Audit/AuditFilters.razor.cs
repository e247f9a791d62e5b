using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Audit;

/// <summary>Narrows the changes; what is chosen stands in the address.</summary>
public sealed partial class AuditFilters : LiveComponent
{
    private Subject? _subject;

    /// <summary>On a narrow screen they are out of the way until they are wanted.</summary>
    private bool _isOpen;

    [Parameter, EditorRequired]
    public AuditFilter Filter { get; set; } = new();

    [Parameter]
    public EventCallback<AuditFilter> FilterChanged { get; set; }

    private bool IsDead => !RendererInfo.IsInteractive;

    private Guid? Asked => Filter.Process ?? Filter.Component ?? Filter.Atom;

    protected override Task OnParametersSetAsync() => _subject?.Id == Asked ? Task.CompletedTask : LoadAsync();

    protected override bool Concerns(Change change) => false;

    /// <summary>The name of what the address names by its id.</summary>
    protected override async Task RefreshAsync(CancellationToken cancellation) => _subject = Filter switch
    {
        { Atom: { } atom } => new(atom, (await Api.AtomNameAsync(atom, cancellation)).Name, Subject.Atom),
        { Process: { } process } => new(process, (await Api.ComponentNameAsync(process, cancellation)).Name, Subject.Process),
        { Component: { } component } => new(component, (await Api.ComponentNameAsync(component, cancellation)).Name, "component"),
        _ => null,
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task<IEnumerable<Subject>> FindAsync(string? text, CancellationToken cancellation)
    {
        try
        {
            var (components, atoms) = (await Api.ComponentsNamedAsync(text, cancellation), await Api.AtomsNamedAsync(text, cancellation));
            return [.. atoms.Select(atom => new Subject(atom.AtomId, atom.Name, Subject.Atom)), .. components.Select(found => new Subject(found.ComponentId, found.Name, found.ComponentType))];
        }
        catch (EngineException e)
        {
            Trouble = e;
            return [];
        }
    }

    private Task AboutAsync(Subject? subject)
    {
        _subject = subject;
        var others = Filter with { Atom = null, Process = null, Component = null };
        return NarrowAsync(subject switch
        {
            null => others,
            { Kind: Subject.Atom } => others with { Atom = subject.Id },
            { Kind: Subject.Process } => others with { Process = subject.Id },
            _ => others with { Component = subject.Id },
        });
    }

    private Task NarrowAsync(AuditFilter filter) => filter == Filter ? Task.CompletedTask : FilterChanged.InvokeAsync(filter);

    /// <summary>What changes are about.</summary>
    public sealed record Subject(Guid Id, string Name, string Kind)
    {
        public const string Atom = "Atom";
        public const string Process = "process";
    }
}
