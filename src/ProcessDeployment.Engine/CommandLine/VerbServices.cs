using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine;

/// <summary>What verbs need from outside; tests bring their own.</summary>
internal sealed class VerbServices
{
    public required IEngineStarter Engine { get; init; }

    /// <summary>Opens the database with its owner's login, for what nobody may do over HTTP.</summary>
    public Func<CancellationToken, Task<OwnersEngine>> Owner { get; init; } = OwnersEngine.OpenAsync;
    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }
    public Func<Stream> In { get; init; } = Console.OpenStandardInput;
    public string? UrlFromEnvironment { get; init; } = Environment.GetEnvironmentVariable(GlobalOptions.UrlVariable);
    public Func<Uri, HttpClient> Http { get; init; } = static url => new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5), DefaultRequestHeaders = { Authorization = Credentials() } };

    /// <summary>For the home that an account is moved to; null for the same as everywhere.</summary>
    public string? TargetToken { get; init; } = Environment.GetEnvironmentVariable(GlobalOptions.TargetTokenVariable)?.Trim();

    /// <summary>For what takes as long as an account is large.</summary>
    public ApiClient Patient(Uri url, string? token = null)
    {
        var http = Http(url);
        http.Timeout = Timeout.InfiniteTimeSpan;
        if (token is { Length: > 0 }) http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return new(http);
    }

    public static VerbServices OfThisConsole() => new() { Engine = new InProcessEngine(), Out = Console.Out, Error = Console.Error };

    public async Task<int> RunAsync(ParseResult parsed, Func<VerbRun, CancellationToken, Task<int>> action, CancellationToken ct)
    {
        var screen = new Screen(Out, Error, parsed.GetValue(GlobalOptions.Json));
        try
        {
            var (api, engine) = await ConnectAsync(parsed, screen, ct);
            await using var stopping = engine;
            using var closing = api;
            var code = await action(new(parsed, api, screen) { IsOurEngine = engine is not null }, ct);
            await SettleAsync(api, screen, ct);
            return code;
        }
        catch (CommandLineException e)
        {
            if (screen.IsJson && e.Answer is { } answer) screen.Raw(answer);
            screen.Fail(e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            screen.Fail("Stopped. What was sent before has taken effect; sending the same again is safe.");
            return ExitCodes.Refused;
        }
    }

    /// <summary>A key or a token; an option would stand in the list of processes for everybody to read.</summary>
    private static System.Net.Http.Headers.AuthenticationHeaderValue? Credentials() =>
        Environment.GetEnvironmentVariable(GlobalOptions.TokenVariable)?.Trim() is { Length: > 0 } token ? new("Bearer", token) : null;

    private Uri? FromEnvironment() =>
        string.IsNullOrWhiteSpace(UrlFromEnvironment) ? null
        : GlobalOptions.IsUrl(UrlFromEnvironment, out var url) ? url
        : throw new CommandLineException(ExitCodes.Malformed, $"{GlobalOptions.UrlVariable} must be an address like {GlobalOptions.DefaultUrl}, it is {UrlFromEnvironment}");

    private static async Task SettleAsync(ApiClient api, Screen screen, CancellationToken ct)
    {
        try
        {
            await api.SettleAsync(ct);
        }
        catch (CommandLineException e)
        {
            screen.Say($"It has taken effect, but answers do not show it yet: {e.Message}");
        }
    }

    /// <summary>The engine that was named, or the usual one; where nothing was named and nobody answers, one for this call.</summary>
    private async Task<(ApiClient Api, IRunningEngine? Engine)> ConnectAsync(ParseResult parsed, Screen screen, CancellationToken ct)
    {
        var named = parsed.GetValue(GlobalOptions.Url) ?? FromEnvironment();
        var api = new ApiClient(Http(named ?? new Uri(GlobalOptions.DefaultUrl)));
        if (named is not null || await api.IsThereAsync(ct)) return (api, null);

        api.Dispose();
        screen.Say($"No engine answers at {GlobalOptions.DefaultUrl}; starting one for this call (serve keeps one running).");
        var engine = await Engine.StartAsync(parsed.GetValue(GlobalOptions.Account), ct);
        return (new ApiClient(Http(engine.Url)), engine);
    }
}
