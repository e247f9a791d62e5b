using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests.Http;

namespace ProcessDeployment.Engine.Tests.Preview;

internal static class Previewing
{
    /// <summary>What the engine says a command would do, asked for with the id under which it may be sent next.</summary>
    public static async Task<JsonElement> PreviewAsync(this TestAccount account, Command command, Guid? id = null)
    {
        var written = CommandWriter.ToCloudEvent(id ?? Guid.CreateVersion7(), "//tests", command);
        var (status, body) = await account.Http.PostTextAsync(System.Text.Encoding.UTF8.GetString(written), "application/cloudevents+json", "/api/v1/preview");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }
}
