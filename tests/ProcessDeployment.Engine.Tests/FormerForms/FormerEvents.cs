using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Tests.FormerForms;

/// <summary>What events might have been called once: in no release, and known to the engine of these tests alone.</summary>
internal static class FormerEvents
{
    /// <summary>Commands with this reason were taken by an older release, which wrote the former forms.</summary>
    public const string Older = "sent to an older release";

    public const string Entitled = "processdeployment.atom-entitled.v1";
    public const string Made = "processdeployment.revision-made.v0";

    /// <summary>What whoever retires them puts into the two functions of <c>095-events-today.sql</c>; then the older release, which writes them.</summary>
    public const string Sql = $"""
        create or replace function process_deployment.event_type_today(type text) returns text language sql immutable as $$
            select case type when '{Entitled}' then 'processdeployment.atom-renamed.v1' when '{Made}' then 'processdeployment.revision-made.v1' else type end
        $$;
        create or replace function process_deployment.event_today(type text, data jsonb) returns jsonb language sql immutable as $$
            select case when type in ('{Entitled}', '{Made}') then data - 'title' || jsonb_build_object('name', data -> 'title') else data end
        $$;
        create function public.written_by_an_older_release() returns trigger language plpgsql as $$
        begin
            new.data := new.data - 'name' || jsonb_build_object('title', new.data -> 'name');
            new.type := case new.type when 'processdeployment.atom-renamed.v1' then '{Entitled}' else '{Made}' end;
            return new;
        end $$;
        create trigger written_by_an_older_release before insert on events.mt_events for each row
            when (new.headers ->> 'reason' = '{Older}' and new.type in ('processdeployment.atom-renamed.v1', 'processdeployment.revision-made.v1'))
            execute function public.written_by_an_older_release();
        """;

    public static RetiredEvents All { get; } = new([typeof(AtomEntitled), typeof(RevisionMadeV0)]);
}

/// <summary>Another word, and another member; with a version that today's names have too.</summary>
[WireName(FormerEvents.Entitled)]
public sealed record AtomEntitled : Domain.RetiredEvent<AtomRenamed>
{
    public required Guid AtomId { get; init; }
    public required string Title { get; init; }

    public override AtomRenamed Today() => new() { AtomId = AtomId, Name = Title };
}

/// <summary>The same word in an earlier version.</summary>
[WireName(FormerEvents.Made)]
public sealed record RevisionMadeV0 : Domain.RetiredEvent<RevisionMade>
{
    public required Guid ComponentId { get; init; }
    public required string ComponentType { get; init; }
    public required string Title { get; init; }
    public string? Folder { get; init; }
    public required int Revision { get; init; }
    public required IReadOnlyList<ComponentReference> References { get; init; }
    public Connector? Connector { get; init; }
    public StartStep? StartStep { get; init; }
    public bool? AllowSimultaneousRuns { get; init; }

    public required IReadOnlyList<ExtensionDeclaration> Extensions { get; init; }
    public required string ContentHash { get; init; }
    public string? SourceRevision { get; init; }

    public override RevisionMade Today() => new()
    {
        ComponentId = ComponentId,
        ComponentType = ComponentType,
        Name = Title,
        Folder = Folder,
        Revision = Revision,
        References = References,
        Connector = Connector,
        StartStep = StartStep,
        AllowSimultaneousRuns = AllowSimultaneousRuns,
        Extensions = Extensions,
        ContentHash = ContentHash,
        SourceRevision = SourceRevision,
    };
}
