using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Who did what.</summary>
internal static class AuditVerb
{
    public static Command Create(VerbServices services)
    {
        var process = VerbArguments.Text("--process", "Only what concerns this Process (name or id)");
        var atom = VerbArguments.Text("--atom", "Only what concerns this Atom (name or id)");
        var component = VerbArguments.Text("--component", "Only what concerns this component (name or id)");
        var actor = VerbArguments.Text("--actor", "Only what this person or system did");
        var type = VerbArguments.Text("--type", "Only events of this type, such as version-deployed");
        var text = VerbArguments.Text("--text", "Only entries with this text");
        var from = VerbArguments.Text("--from", "Since this time (2026-11-23 or 2026-11-23T06:00:00Z)");
        var to = VerbArguments.Text("--to", "Until this time");
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        var verb = new Verb("audit", "List who did what, newest first", "audit --actor kim@example.com", "audit --process \"Process Orders\" --from 2026-11-01", "audit --type deployment-refused")
        {
            process, atom, component, actor, type, text, from, to, take, cursor,
        }.ShowsAnyMoment(services, async (run, ct) =>
        {
            var processId = run.Get(process) is { } p ? await run.Api.ProcessAsync(p, ct) : (Guid?)null;
            var atomId = run.Get(atom) is { } a ? await run.Api.AtomAsync(a, ct) : (Guid?)null;
            var componentId = run.Get(component) is { } c ? await run.Api.ComponentAsync(c, ct) : (Guid?)null;
            var query = Query.None
                .With("process", processId?.ToString()).With("atom", atomId?.ToString()).With("component", componentId?.ToString())
                .With("actor", run.Get(actor)).With("type", run.Get(type)).With("text", run.Get(text)).With("from", run.Get(from)).With("to", run.Get(to));
            await run.ShowListAsync("audit", query, run.Get(take), run.Get(cursor), AuditTable.Create(), AuditTable.Add, "There is no such entry.", ct);
        });
        verb.Add(AuditReplayVerb.Create(services));
        verb.Add(AuditDiffVerb.Create(services));
        verb.Add(AuditExportVerb.Create(services));
        return verb;
    }
}
