namespace ProcessDeployment.Engine.Tests.Operations;

/// <summary>Of an engine in a process of its own: meters of several in one process are taken for the same.</summary>
public sealed class Scraping_metrics(EngineFixture engine) : IAsyncLifetime
{
    private MeteredEngine? _metered;

    public async ValueTask InitializeAsync() => _metered = await MeteredEngine.StartAsync(await engine.NewDatabaseAsync());

    public async ValueTask DisposeAsync()
    {
        if (_metered is not null) await _metered.DisposeAsync();
    }

    [Fact]
    public async Task tells_commands_by_outcome_and_channel()
    {
        var metrics = await _metered!.ScrapeAsync();

        metrics.ShouldMatch("process_deployment_commands_total\\{[^}]*channel=\"http\"[^}]*status=\"Accepted\"[^}]*\\} 1\\n");
        foreach (var name in new[] { "projection_lag_seconds", "dead_letters", "intake_depth", "batch_size_bucket", "command_duration_seconds_bucket" })
            metrics.ShouldContain($"process_deployment_{name}");
    }

    [Fact]
    public async Task tells_what_was_put_to_the_dead_letters()
    {
        await _metered!.ExecuteAsync("select process_deployment.send_command('{}')");

        var metrics = await Eventually.BecomesAsync(_metered.ScrapeAsync, metrics => metrics.Contains("process_deployment_dead_letters_buried_total{", StringComparison.Ordinal));

        metrics.ShouldMatch("process_deployment_dead_letters_buried_total\\{[^}]*channel=\"postgresql\"[^}]*status=\"malformed\"[^}]*\\} 1\\n");
    }

    [Fact]
    public async Task where_the_database_lets_nobody_in_tells_the_rest()
    {
        await engine.AllowAsync(_metered!.Database, allowed: false);

        ShouldTellTheRest(await Eventually.BecomesAsync(_metered.ScrapeAsync, MeteredEngine.LacksReadings));

        await engine.AllowAsync(_metered.Database, allowed: true);
        await Eventually.BecomesAsync(_metered.ScrapeAsync, metrics => !MeteredEngine.LacksReadings(metrics) && MeteredEngine.Value(metrics, "process_deployment_dead_letters") == "0");
    }

    [Fact]
    public async Task where_the_database_does_not_answer_tells_the_rest()
    {
        await using var locked = await _metered!.LockAsync("process_deployment.dead_letter");

        ShouldTellTheRest(await Eventually.BecomesAsync(_metered.ScrapeAsync, MeteredEngine.LacksReadings));
    }

    private static void ShouldTellTheRest(string metrics)
    {
        MeteredEngine.Value(metrics, "process_deployment_dead_letters").ShouldBe("NaN");
        MeteredEngine.Value(metrics, "process_deployment_projection_lag_seconds").ShouldBe("NaN");
        metrics.ShouldMatch("process_deployment_commands_total\\{[^}]*channel=\"http\"[^}]*status=\"Accepted\"[^}]*\\} 1\\n");
    }
}
