using System.Net;
using System.Text.Json;

namespace ProcessDeployment.Engine.Tests.Operations;

public sealed class Asking_how_the_engine_is(EngineFixture engine)
{
    [Fact]
    public async Task tells_of_each_part_and_its_figures()
    {
        using var http = new HttpClient { BaseAddress = engine.Url };

        var body = await Eventually.BecomesAsync(() => ReadyAsync(http), answer => answer.Status == HttpStatusCode.OK);

        body.Body.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("name").GetString()).ShouldBe(["database", "read-models", "intake", "ledger"], ignoreOrder: true);
        body.Body.GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("name").GetString() == "read-models").GetProperty("figures").TryGetProperty("lagSeconds", out _).ShouldBeTrue();
    }

    internal static async Task<(HttpStatusCode Status, JsonElement Body)> ReadyAsync(HttpClient http)
    {
        using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync()));
    }
}
