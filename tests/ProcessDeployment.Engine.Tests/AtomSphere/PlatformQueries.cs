using System.Net;
using System.Text.Json;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

/// <summary>What holds for queries of every object.</summary>
internal static class PlatformQueries
{
    /// <summary>Each of these conditions alone finds these objects, by their ids.</summary>
    public static async Task ShouldFindAsync(this PlatformClient client, string type, string[] ids, params (string Property, string Value)[] equal)
    {
        foreach (var (property, value) in equal)
        {
            var found = await client.QueryAsync(type, (property, "EQUALS", [value]));
            found.ShouldBe(HttpStatusCode.OK).Results("id").ShouldBe(ids, ignoreOrder: true, $"{property} = {value}");
            found.Count.ShouldBe(ids.Length);
        }
    }

    /// <summary>Asks our own API about all that has taken effect, also what the platform API was told to do.</summary>
    public static async Task<JsonElement> AskNowAsync(this TestAccount account, string path) =>
        await account.AskAsync(path, await account.ScalarAsync<long>("select position from process_deployment.account where account_id = $1"));

    /// <summary>These properties cannot be filtered by, and the answer names those that can.</summary>
    public static async Task ShouldRefuseToFilterAsync(this PlatformClient client, string type, string unknown, params string[] known) =>
        (await client.QueryAsync(type, (unknown, "EQUALS", ["1"]))).ShouldRefuse(HttpStatusCode.BadRequest, [$"'{unknown}'", .. known]);
}
