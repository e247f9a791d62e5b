using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// The command for a planned change. Its id is made from the account, the component, the revision it follows and all that
/// is sent, so that an import that is run again after a crash, or twice at once, saves nothing twice; while A → B → A,
/// which follows another revision, is a new command.
/// </summary>
internal static class ImportCommands
{
    public static ImportCommand Of(string? account, PlannedChange change, string content)
    {
        var component = change.Component;
        Command command = component.Deleted
            ? new DeleteComponent { ComponentId = component.ComponentId, Reason = Reason(component) }
            : Save(component, content, Reason(component));
        if (command.Check().FirstOrDefault() is { } error) throw new ComponentFileException($"cannot be sent: {error}");
        return new(Id(account, change, command), command);
    }

    /// <summary>The save of a component that was read.</summary>
    public static SaveComponentV2 Save(ImportedComponent component, string content, string? reason) => new()
    {
        ComponentId = component.ComponentId,
        ComponentType = component.ComponentType,
        Name = component.Name,
        Folder = component.Folder,
        References = [.. component.References.Select(reference => new Contracts.ComponentReference(reference.ComponentId, reference.Kind))],
        Connector = component.Connector,
        StartStep = component.StartStep,
        AllowSimultaneousRuns = component.AllowSimultaneousRuns,
        Extensions = component.Extensions,
        Content = content,
        SourceRevision = component.SourceRevision,
        Reason = reason,
    };

    private static Guid Id(string? account, PlannedChange change, Command command)
    {
        var data = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), WireJson.Options)));
        return NameBasedId.Of(NameBasedId.ImportCommands, $"{account}\n{change.Component.ComponentId}\n{change.There?.LatestRevision ?? 0}\n{data}");
    }

    /// <summary>Who imports is the actor; who saved it in the platform is kept in the reason.</summary>
    private static string Reason(ImportedComponent component)
    {
        var reason = new StringBuilder("Imported");
        if (component.Author is not null) reason.Append("; last saved by ").Append(component.Author);
        if (component.SavedAt is not null) reason.Append(" at ").Append(component.SavedAt);
        return reason.Length <= Contracts.Limits.Note ? reason.ToString() : reason.ToString(0, Contracts.Limits.Note);
    }
}
