using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProcessDeployment.AtomAgent;

/// <summary>Listens to the engine, so that a deploy is here in a second. Should it hear nothing, the agent looks by itself now and then.</summary>
internal sealed class ChangeListener(AgentOptions options, EngineClient engine, TokenFile token, Wake wake, ILogger<ChangeListener> log) : BackgroundService
{
    private TimeSpan _advice = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(options.Retry);
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan wait;
            await token.UsableAsync(stoppingToken);
            try
            {
                using var changes = await engine.ChangesAsync(stoppingToken);
                log.LogInformation("Listening to {Engine}", options.Engine);
                backoff.Succeeded();
                var why = await ListenAsync(changes, stoppingToken);
                log.LogWarning("{Engine} is not heard any more: {Why}", options.Engine, why);
                // As the engine advised, so that not all Atoms come back at once.
                wait = Backoff.Jittered(_advice);
            }
            catch (Exception e) when (e is EngineTroubleException or EngineSaysNoException)
            {
                wait = backoff.Failed((e as EngineTroubleException)?.RetryAfter);
                if (e is not TokenRefusedException) log.LogWarning("Cannot listen: {Reason}", e.Message);
            }

            // Longer after each failure, or as the engine asked: listening again at once would be hammering.
            await Task.Delay(wait, stoppingToken);
        }
    }

    private async Task<string> ListenAsync(HttpResponseMessage changes, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            using var lines = new StreamReader(await changes.Content.ReadAsStreamAsync(cancellation));
            while (true)
            {
                patience.CancelAfter(EngineClient.Silence);
                if (await lines.ReadLineAsync(patience.Token) is not { } line) return "it ended the stream";
                if (Number(line, "id: ") is { } position) wake.Call(position);
                if (Number(line, "retry: ") is { } retry) _advice = TimeSpan.FromMilliseconds(Math.Clamp(retry, 500, 300_000));
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return e is OperationCanceledException ? "it is silent" : e.Message;
        }
    }

    private static long? Number(string line, string field) =>
        line.StartsWith(field, StringComparison.Ordinal) && long.TryParse(line.AsSpan(field.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
