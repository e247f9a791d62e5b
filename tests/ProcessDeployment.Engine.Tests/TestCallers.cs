using Microsoft.AspNetCore.Http;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Tests;

/// <summary>Stands in for credentials: tests that run side by side in one engine each say which account they are.</summary>
internal sealed class TestCallers(EngineOptions options) : ICallers
{
    public const string Header = "Test-Account";
    public const string Actor = "kim@example.com";

    public CommandDefaults Of(HttpContext context) =>
        AtomCaller.Of(context)?.Caller ?? (context.Request.Headers[Header] is [{ } account] ? new(account, Actor) : new(options.Account, options.Actor));
}
