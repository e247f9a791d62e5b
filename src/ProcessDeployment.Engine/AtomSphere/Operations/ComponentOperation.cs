using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Objects;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Import;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Operations;

/// <summary>Components whole, as XML only, in the form in which the platform exports them: read by the reader of the import, so what is encrypted in them is masked before it is kept.</summary>
internal static class ComponentOperation
{
    private const string Name = "Component";
    private const int MostBulk = 5;

    private static readonly MomentSql Content = new(_ => """
        select c.body from process_deployment.component_history h
        join process_deployment.content c on c.account_id = $1 and c.content_hash = h.content_hash
        where h.account_id = $1 and h.component_id = $3 and h.revision = $4 limit 1
        """);

    public static readonly PlatformOperation Operation = new(Name, Privilege.BuildRead, (call, rest) => (call.Context.Request.Method, rest) switch
    {
        ("GET" or "HEAD", [var id]) => WriteAsync(call, id),
        ("POST", []) => CreateAsync(call),
        ("POST", ["bulk"]) => BulkAsync(call),
        ("POST", [var id]) => UpdateAsync(call, id),
        ("POST" or "PUT", [var id, "update"]) => UpdateAsync(call, id),
        _ => throw PlatformException.NotFound($"What can be done with {Name} is GET {Name}/{{id}}, POST {Name}, POST {Name}/{{id}}, POST {Name}/bulk; it is deleted as ComponentMetadata."),
    });

    /// <summary>A new component: whatever id it had where it comes from, here it gets one of its own.</summary>
    private static async Task CreateAsync(PlatformCall call)
    {
        var id = call.NewId(Name);
        await call.SendAsync(await ReadAsync(call) with { ComponentId = id });
        await WriteAsync(call, id.ToString());
    }

    private static async Task UpdateAsync(PlatformCall call, string id)
    {
        var read = await ReadAsync(call);
        if (await call.AlreadyAsync() is not null)
        {
            await WriteAsync(call, id);
            return;
        }

        var saved = await SavedComponent.ReadAsync(call, PlatformCall.IdOf(ComponentMetadataObject.Object, id));
        await call.SendAsync(read with
        {
            ComponentId = saved.ComponentId,
            Folder = read.Folder ?? saved.Folder,
            // The class of a connector stands in no export: whoever said it once is believed.
            Connector = string.Equals(read.Connector?.Type, saved.Connector?.Type, StringComparison.OrdinalIgnoreCase) ? saved.Connector : read.Connector,
        });
        await WriteAsync(call, id);
    }

    private static async Task<SaveComponentV2> ReadAsync(PlatformCall call)
    {
        var request = call.Context.Request;
        if (!PlatformForm.IsXmlType(request.ContentType)) throw PlatformException.Malformed("Content-Type", $"must be {PlatformForm.Xml}: components travel as XML");
        try
        {
            var reader = call.Service<ComponentReader>();
            var (component, content) = await PlatformBody.ReadAsync(request, SafeXml.MostCharacters, bytes => reader.Read("body", bytes));
            return ImportCommands.Save(component, content, reason: null);
        }
        catch (ComponentFileException e)
        {
            throw PlatformException.Malformed(Name, e.Message);
        }
    }

    private static async Task WriteAsync(PlatformCall call, string id)
    {
        var component = await ExportAsync(call, id);
        await WriteAsync(call.Context, component);
    }

    private static async Task BulkAsync(PlatformCall call)
    {
        var ids = await PlatformBody.ReadBulkAsync(call.Context.Request);
        if (ids.Count > MostBulk) throw PlatformException.Malformed("request", $"must name at most {MostBulk} components, it names {ids.Count}");
        var result = new XElement(ComponentReader.Platform + "BulkResult", new XAttribute(XNamespace.Xmlns + XmlForm.Prefix, ComponentReader.Platform));
        foreach (var (id, index) in ids.Select((id, index) => (id, index)))
        {
            var item = new XElement(ComponentReader.Platform + "response", new XAttribute("index", index), new XAttribute("id", XmlForm.Readable(id)));
            try
            {
                var component = await ExportAsync(call, id);
                item.Add(new XAttribute("statusCode", 200), new XElement(ComponentReader.Platform + "Result", component.Attributes(), component.Nodes()));
            }
            catch (PlatformException e)
            {
                item.Add(new XAttribute("statusCode", e.Problem.Status), new XAttribute("errorMessage", XmlForm.Readable(e.Problem.Detail ?? e.Problem.Title)));
            }

            result.Add(item);
        }

        await WriteAsync(call.Context, result);
    }

    /// <summary>A revision as the platform would export it: what is kept of it, with what lies beside it in the envelope.</summary>
    private static async Task<XElement> ExportAsync(PlatformCall call, string id)
    {
        var metadata = await call.GetAsync(ComponentMetadataObject.Object, id);
        var body = "";
        await call.Service<PlatformReading>().AskAsync(
            call.AccountId,
            batch => batch.Query(Content, row => body = row.GetString(0), Given.Id(Guid.Parse(metadata.Text("componentId")!)), Given.Number((int)metadata.Number("version")!.Value)),
            call.Cancellation);
        var root = Parse(body);
        foreach (var field in metadata.Type.Fields.Where(field => metadata.Has(field.Name))) root.SetAttributeValue(field.Name, WireValue.Write(metadata[field.Name]!));
        if (metadata.Text("folderName") is { } folder) root.SetAttributeValue("folderFullPath", folder);
        return root;
    }

    /// <summary>Other systems may have saved anything as content; it stands in the component as it is.</summary>
    private static XElement Parse(string body)
    {
        try
        {
            if (body.Length > 0 && SafeXml.Load(body) is var root && root.Name == ComponentReader.Platform + Name) return root;
        }
        catch (ComponentFileException)
        {
            // It is no XML.
        }

        return new(ComponentReader.Platform + Name, new XAttribute(XNamespace.Xmlns + XmlForm.Prefix, ComponentReader.Platform), new XElement(ComponentReader.Platform + "object", XmlForm.Readable(body)));
    }

    private static async Task WriteAsync(HttpContext context, XElement answer)
    {
        var body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{answer.ToString(SaveOptions.DisableFormatting)}"));
        context.Response.ContentType = PlatformForm.Xml;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }
}
