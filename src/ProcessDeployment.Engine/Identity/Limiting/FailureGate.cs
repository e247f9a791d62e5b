using System.Diagnostics.Metrics;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity.SignIn;
using ProcessDeployment.Engine.Operations;

namespace ProcessDeployment.Engine.Identity.Limiting;

/// <summary>Stands before everything that looks at credentials: turns away who failed too often, and counts who fails.</summary>
internal sealed class FailureGate : IDisposable
{
    /// <summary>Marks a request whose credentials were real and only too old: a client that lags is no guesser.</summary>
    public static readonly object TooOld = new();

    private readonly Meter _meter = new(Telemetry.Meter);
    private readonly RequestDelegate _next;
    private readonly FailureLimit _limit;
    private readonly PageTickets _tickets;
    private readonly ILogger<FailureGate> _log;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _away;

    public FailureGate(RequestDelegate next, FailureLimit limit, PageTickets tickets, ILogger<FailureGate> log)
    {
        (_next, _limit, _tickets, _log) = (next, limit, tickets, log);
        _failed = _meter.CreateCounter<long>("process_deployment.identity.failed", "{request}", "Requests whose credentials proved nothing.");
        _away = _meter.CreateCounter<long>("process_deployment.identity.turned_away", "{request}", "Requests that were turned away unseen, because their address had failed too often.");
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        // Tickets of our own pages come from this machine, as others may; they are told apart at no cost.
        if (!ShowsCredentials(context) || _tickets.IsOurs(context))
        {
            await _next(context);
            return;
        }

        if (_limit.WaitOf(address) is { } seconds)
        {
            _away.Add(1);
            await Problem.TooMany("Credentials from this address were wrong too often.", "too-many-failures", seconds).ExecuteAsync(context);
            return;
        }

        await _next(context);
        if (context.Response.StatusCode != StatusCodes.Status401Unauthorized || context.Items.ContainsKey(TooOld)) return;
        _failed.Add(1);
        if (_limit.Count(address) is var count and > 0)
            _log.LogWarning("Credentials from {Address} were not accepted; {Count} since this was last said", FailureLimit.NameOf(address), count);
    }

    public void Dispose() => _meter.Dispose();

    private static bool ShowsCredentials(HttpContext context) => context.Request.Headers.Authorization.Count > 0
        || (HttpMethods.IsPost(context.Request.Method) && context.Request.Path.Equals(SignInPaths.SignIn, StringComparison.OrdinalIgnoreCase));
}
