using System.Xml.Linq;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Objects;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Import;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Operations;

/// <summary>What differs between two revisions of a component, element by element.</summary>
internal static class ComponentDiff
{
    private const string Name = "ComponentDiffRequest";

    private static readonly MomentSql Contents = new(_ => """
        select distinct on (h.revision) h.revision, coalesce(c.body, '') from process_deployment.component_history h
        left join process_deployment.content c on c.account_id = $1 and c.content_hash = h.content_hash
        where h.account_id = $1 and h.component_id = $3 and h.revision in ($4, $5) order by h.revision
        """);

    public static readonly PlatformOperation Operation = new(Name, Privilege.BuildRead, AnswerAsync);

    private static async Task AnswerAsync(PlatformCall call, string[] rest)
    {
        var request = call.Context.Request;
        if (!HttpMethods.IsPost(request.Method) || rest.Length > 0) throw PlatformException.NotFound($"What can be done with {Name} is POST {Name}.");
        var asked = await PlatformBody.ReadAsync(request, WireType.Of(Name));
        var componentId = PlatformCall.IdIn(asked, "componentId");
        var (from, to) = (RevisionIn(asked, "sourceVersion"), RevisionIn(asked, "targetVersion"));
        var component = await call.GetAsync(ComponentMetadataObject.Object, $"{componentId}~{from}");
        var bodies = new Dictionary<int, string>();
        await call.Service<PlatformReading>().AskAsync(
            call.AccountId,
            batch => batch.Query(Contents, row => bodies[row.GetInt32(0)] = row.GetString(1), Given.Id(componentId), Given.Number(from), Given.Number(to)),
            call.Cancellation);
        foreach (var wanted in (int[])[from, to])
        {
            if (!bodies.ContainsKey(wanted)) throw PlatformException.NotFound($"There is no revision {wanted} of the component {componentId}.");
        }

        await PlatformForm.WriteAsync(call.Context, new WireObject("ComponentDiffResponse")
        {
            ["message"] = $"Diffed Versions {from} and {to} of Component: {component.Text("name")} (Type = {component.Text("type")}, ID = {componentId})",
            ["GenericDiff"] = Compare(Tree(bodies[from]), Tree(bodies[to])),
        });
    }

    private static int RevisionIn(WireObject asked, string field) => asked.Number(field) is { } number and > 0 and <= int.MaxValue ? (int)number : throw PlatformException.Malformed(field, "must be the number of a revision");

    /// <summary>What is no XML is compared as one text.</summary>
    private static XElement Tree(string body)
    {
        try
        {
            return body.Length > 0 ? SafeXml.Load(body) : new(ComponentReader.Platform + "Component");
        }
        catch (ComponentFileException)
        {
            return new(ComponentReader.Platform + "Component", body);
        }
    }

    private static WireObject Compare(XElement before, XElement after)
    {
        var changes = XmlChange.Between(before, after).ToLookup(change => change.Kind);
        var diff = new WireObject("GenericDiff");
        foreach (var kind in diff.Type.Fields.Select(field => field.Name)) diff[kind] = Of([.. changes[kind]]);
        return diff;
    }

    private static WireObject? Of(List<XmlChange> changes) => changes.Count == 0 ? null : new("DiffChanges")
    {
        ["total"] = changes.Count,
        ["change"] = changes.Select(object (change) => new WireObject("DiffChange")
        {
            ["type"] = change.Of,
            ["changedParticleName"] = change.Name,
            ["oldValue"] = change.Before is null ? null : new WireObject("DiffValue") { ["xpath"] = change.Path, ["value"] = change.Before },
            ["newValue"] = change.After is null ? null : new WireObject("DiffValue") { ["xpath"] = change.Path, ["value"] = change.After },
        }).ToList(),
    };
}
