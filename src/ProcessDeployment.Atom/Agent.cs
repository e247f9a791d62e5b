using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProcessDeployment.AtomAgent.Runs;

namespace ProcessDeployment.AtomAgent;

/// <summary>Looks when it is told, when something is to be tried again, and now and then by itself.</summary>
internal sealed class Agent(AgentOptions options, Pass pass, Runner runner, Reports reports, TokenFile token, Wake wake, ILogger<Agent> log) : BackgroundService
{
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(3);

    private string? _trouble;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await runner.StopAsync(Parting);
        // Without an answer it is what the engine believes until it comes back: no reason to stay.
        if (pass.State is null || _trouble is not null) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Parting);
        try
        {
            await reports.StatusAsync(Reports.Offline, patience.Token);
        }
        catch (Exception e) when (e is EngineTroubleException or EngineSaysNoException or OperationCanceledException)
        {
            log.LogWarning("Could not say that this Atom goes offline: {Reason}", e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(options.Retry);
        var (atLeast, thorough) = (0L, true);
        while (!stoppingToken.IsCancellationRequested)
        {
            await token.UsableAsync(stoppingToken);
            var wait = Backoff.Jittered(options.Poll);
            try
            {
                var again = await pass.RunAsync(atLeast, thorough, stoppingToken);
                backoff.Succeeded();
                Well();
                if (again < wait) wait = again.Value + TimeSpan.FromMilliseconds(10);
            }
            catch (Exception e) when (e is EngineTroubleException or EngineSaysNoException or IOException or UnauthorizedAccessException)
            {
                wait = backoff.Failed((e as EngineTroubleException)?.RetryAfter);
                Trouble(e);
            }

            // What is called while the engine is in trouble does not make it look sooner: that would be hammering.
            if (!backoff.IsDue) await Task.Delay(wait, stoppingToken);
            else if (await wake.WaitAsync(wait, stoppingToken) is { } position) (atLeast, thorough) = (Math.Max(atLeast, position), false);
            else thorough = true;
        }
    }

    private void Well()
    {
        if (_trouble is not null) log.LogInformation("The engine answers again");
        _trouble = null;
    }

    /// <summary>Once, not each time: an engine may be away for days.</summary>
    private void Trouble(Exception e)
    {
        if (e is not TokenRefusedException && !string.Equals(_trouble, e.Message, StringComparison.Ordinal)) log.LogWarning("{Reason} What is here goes on; trying again", e.Message);
        _trouble = e.Message;
    }
}
