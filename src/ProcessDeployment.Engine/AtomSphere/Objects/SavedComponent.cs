using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>The latest revision of a component as the command that would save it again.</summary>
internal static class SavedComponent
{
    private static readonly MomentSql Sql = new(_ => """
        select s.state, c.body from process_deployment.component_state s
        left join process_deployment.content c on c.account_id = $1 and c.content_hash = s.state ->> 'contentHash'
        where s.account_id = $1 and s.component_id = $3
        """);

    /// <exception cref="PlatformException">There is none.</exception>
    public static async Task<SaveComponentV2> ReadAsync(PlatformCall call, Guid componentId)
    {
        SaveComponentV2? saved = null;
        await call.Service<PlatformReading>().AskAsync(
            call.AccountId,
            batch => batch.Query(
                Sql,
                row =>
                {
                    var component = JsonSerializer.Deserialize(row.GetString(0), StateJson.Default.Component)!;
                    saved = new()
                    {
                        ComponentId = componentId,
                        ComponentType = component.ComponentType,
                        Name = component.Name,
                        Folder = component.Folder,
                        References = component.References,
                        Connector = component.Connector,
                        StartStep = component.StartStep,
                        AllowSimultaneousRuns = component.AllowSimultaneousRuns,
                        Extensions = component.Extensions,
                        Content = row.Text(1),
                    };
                },
                Given.Id(componentId)),
            call.Cancellation);
        return saved ?? throw PlatformException.NotFound($"There is no component {componentId}.");
    }
}
