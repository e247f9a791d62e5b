using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using ProcessDeployment.ChannelTests;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Tests.Http;
using ProcessDeployment.Engine.Tests.Webhooks;
using ProcessDeployment.Engine.Webhooks;

namespace ProcessDeployment.Engine.Tests.Secrets;

/// <summary>An engine of its own with everything it may know that others must not, and a log that keeps each line at level Trace.</summary>
public sealed class Logging_at_the_finest(EngineFixture engine)
{
    private readonly string _canary = $"canary{Guid.NewGuid():n}";

    [Fact, Covers("#67")]
    public async Task says_no_secret_however_it_came_in()
    {
        using var logs = new AllLogs();
        await using var receiver = await Receiver.StartAsync();
        var database = await DatabaseAsync();
        var tokens = new List<string>();
        await using (var own = await SecretEngine.StartAsync(With(database, logs)))
        {
            await own.OpenAsync("password");
            await own.SetAsync("password", $"{_canary}-set");
            await own.SubmitAsync(SecretEngine.Setting(("unknown", $"{_canary}-refused")));
            await own.SubmitAsync(new SetWebhook { WebhookId = Guid.CreateVersion7(), Url = receiver.Url.ToString(), Secret = $"{_canary}-webhook" });
            await own.SubmitAsync(new DeployProcess { ProcessId = SecretEngine.Process });
            await receiver.HasAsync(1);
            foreach (var text in Malformed()) await SendBadlyAsync(own, database, text);
            tokens = await ComeInAsAnAtomAsync(own);
            await own.Rotation.MakeAsync("kim", TestContext.Current.CancellationToken);
            await own.ValuesAsync();
        }

        logs.Lines.Count.ShouldBeGreaterThan(100);
        string[] secrets = [_canary, .. tokens, new NpgsqlConnectionStringBuilder(database.PostgresOwner!).Password!, .. Keys(database)];
        foreach (var secret in secrets) logs.Lines.FirstOrDefault(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeNull();
    }

    [Fact]
    public async Task of_a_start_that_fails_says_no_password()
    {
        using var logs = new AllLogs();
        var options = new EngineOptions { Postgres = $"Host=127.0.0.1;Port=1;Username=kim;Password={_canary}", LedgerFolder = Path.Combine(Path.GetTempPath(), _canary[..12]), RabbitMq = $"amqp://kim:{_canary}@127.0.0.1:1/", Sample = false };

        var failure = await Should.ThrowAsync<Exception>(() => SecretEngine.StartAsync((options, Listening(logs))));

        $"{failure} {EngineStartException.Explain(failure)} {options}".ShouldNotContain(_canary);
        logs.Lines.ShouldAllBe(line => !line.Contains(_canary, StringComparison.Ordinal));
    }

    /// <summary>Commands that are no commands, each in its own way.</summary>
    private IEnumerable<string> Malformed()
    {
        var text = PlainSql.Text("local", SecretEngine.Setting(("password", $"{_canary}-bad")), Guid.CreateVersion7());
        yield return text.Replace("\"partial\"", "\"whole\"", StringComparison.Ordinal);
        yield return text.Replace("set-extensions", "set-extentions", StringComparison.Ordinal);
        yield return text.Replace(".v1\"", ".v9\"", StringComparison.Ordinal);
        yield return text[..^4];
        yield return text.Replace("\"value\":", "\"value\":[", StringComparison.Ordinal);
        yield return $"{_canary} is no JSON";
        yield return PlainSql.Text("local", new SetWebhook { WebhookId = Guid.CreateVersion7(), Url = "no address", Secret = $"whsec_{_canary}!" }, Guid.CreateVersion7());
    }

    private static async Task SendBadlyAsync(SecretEngine own, EngineOptions database, string text)
    {
        (await own.Http.PostTextAsync(text, "application/cloudevents+json")).Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable);
        await own.Http.PostTextAsync($"[{text}]", "application/cloudevents-batch+json");
        await using var sql = new PlainSql(database.PostgresOwner!);
        await sql.SendAsync(text);
        await Eventually.BecomesAsync(async () => (long)(await sql.ScalarAsync("select count(*) from process_deployment.command_intake where strpos(body, $1) > 0 and strpos(body, '.v9') = 0", text))!, count => count == 0);
    }

    private async Task<List<string>> ComeInAsAnAtomAsync(SecretEngine own)
    {
        var (_, issued) = await own.Http.PostTextAsync("{}", "application/json", $"/api/v1/atoms/{SecretEngine.Atom}/tokens");
        var token = issued.GetProperty("token").GetString()!;
        string[] shown = [token, $"{token[..^20]}{_canary[..20]}", $"pdat_{_canary}", _canary];
        foreach (var text in shown)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/atoms/{SecretEngine.Atom}/desired", UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", text);
            using var answer = await own.Http.SendAsync(request, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(text == token ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        }

        // What comes after the last dot is the secret of it.
        return [token.Split('.')[^1], _canary[..20]];
    }

    private async Task<EngineOptions> DatabaseAsync()
    {
        var (owner, login) = (await engine.NewDatabaseAsync(), $"app_{Guid.NewGuid():n}");
        await using (var command = engine.Owner.CreateCommand($"create role {login} login password '{_canary}-database' in role process_deployment_app")) await command.ExecuteNonQueryAsync();
        return new()
        {
            Postgres = new NpgsqlConnectionStringBuilder(owner) { Username = login, Password = $"{_canary}-database" }.ConnectionString,
            PostgresOwner = owner,
            PostgresSealer = owner,
            RabbitMq = $"amqp://kim:{_canary}-broker@127.0.0.1:1/",
            LedgerFolder = engine.LedgerFolderOf(owner),
            PrivateWebhooks = true,
            Sample = false,
        };
    }

    private static (EngineOptions Options, Action<WebApplicationBuilder> Customise) With(EngineOptions options, AllLogs logs) => (options, builder =>
    {
        Listening(logs)(builder);
        builder.Services.AddSingleton(new WebhookPace(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), 4));
    }
    );

    private static Action<WebApplicationBuilder> Listening(AllLogs logs) => builder =>
    {
        // The settings of the program keep some categories quiet; here none is.
        builder.Logging.Services.Configure<LoggerFilterOptions>(filters => filters.Rules.Clear());
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
    };

    /// <summary>The keys themselves, and what is in them.</summary>
    private static IEnumerable<string> Keys(EngineOptions options) => Directory.GetFiles(options.LedgerFolder!)
        .SelectMany(File.ReadAllLines).Where(line => line.Length >= 40 && !line.StartsWith('{') && !line.StartsWith('-'));
}
