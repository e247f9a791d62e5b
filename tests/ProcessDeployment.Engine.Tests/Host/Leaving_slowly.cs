using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Tests.Http;

namespace ProcessDeployment.Engine.Tests.Host;

public sealed class Leaving_slowly(EngineFixture engine)
{
    [Fact]
    public async Task says_so_at_once_and_serves_on_commands_and_streams_until_it_has_left()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        using var running = new EngineProcess(("ConnectionStrings__Postgres", await engine.NewDatabaseAsync()), ("PROCESSDEPLOYMENT_LEAVING", "00:00:08"));
        using var http = await running.ServingAsync();

        running.Signal("TERM");
        await Eventually.BecomesAsync(() => HealthAsync(http), health => health == (HttpStatusCode.ServiceUnavailable, "stopping"));

        using var command = new StringContent(Texts.Command("register-atom", $$"""{"atomId":"{{Guid.CreateVersion7()}}","name":"A"}""", Guid.CreateVersion7()), Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri("/api/v1/commands", UriKind.Relative), command, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var stream = await http.GetAsync(new Uri("/api/v1/changes", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        stream.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await running.ExitAsync()).ShouldBe(0, running.Said);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData("-00:00:01")]
    [InlineData("00:01:01")]
    public void for_no_time_or_too_long_stops_the_start(string written)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { ["PROCESSDEPLOYMENT_LEAVING"] = written };
        Should.Throw<EngineStartException>(() => EngineOptions.From(configuration)).Message.ShouldContain("PROCESSDEPLOYMENT_LEAVING");
    }

    private static async Task<(HttpStatusCode, string?)> HealthAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("status").GetString());
    }
}
