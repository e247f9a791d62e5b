using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Identity.Settings;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Tests.Identity;

[CollectionDefinition]
public sealed class WithIdentity : ICollectionFixture<IdentityEngines>;

/// <summary>One engine that asks everybody who they are, for all tests about that; it starts when the first needs it.</summary>
public sealed class IdentityEngines(EngineFixture engine) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private IdentityEngine? _engine;

    public async Task<IdentityEngine> OneAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _engine ??= await IdentityEngine.StartAsync(engine);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        _starting.Dispose();
    }
}

public sealed class IdentityEngine : IAsyncDisposable
{
    private static int _addresses;
    private readonly string _database;
    private readonly string _ledger;
    private readonly Func<LocalIssuer, IdentityOptions> _identity;
    private readonly bool _isOther;
    private WebApplication _app = null!;

    private IdentityEngine(string database, string ledger, LocalIssuer issuer, Func<LocalIssuer, IdentityOptions> identity, bool isOther = false) =>
        (_database, _ledger, Issuer, _identity, _isOther) = (database, ledger, issuer, identity, isOther);

    public LocalIssuer Issuer { get; }

    public Uri Url => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public static IdentityOptions Usual(LocalIssuer issuer) => new() { Authority = issuer.Url, Audience = LocalIssuer.Audience, ApiKeys = true, OperatorClaim = "roles", OperatorValue = "engine-operator" };

    public static async Task<IdentityEngine> StartAsync(EngineFixture engine, Func<LocalIssuer, IdentityOptions>? identity = null)
    {
        var database = await engine.NewDatabaseAsync();
        var started = new IdentityEngine(database, engine.LedgerFolderOf(database), await LocalIssuer.StartAsync(), identity ?? Usual);
        await started.StartAgainAsync();
        return started;
    }

    /// <summary>Another node of the same engine.</summary>
    public async Task<IdentityEngine> AnotherNodeAsync()
    {
        var other = new IdentityEngine(_database, _ledger, Issuer, _identity, isOther: true);
        await other.StartAgainAsync();
        return other;
    }

    public async Task StartAgainAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _app = await EngineHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0"],
            new() { Postgres = _database, LedgerFolder = _ledger, Sample = false, Accounts = ["acme", "other"], Identity = _identity(Issuer), Limits = new() { CommandsPerSecond = 5, QuestionsPerSecond = 500 } });
        await _app.StartAsync();
    }

    /// <summary>Somebody with an address of his own on this machine, so that nobody fails in the place of another.</summary>
    public HttpClient Come(string? authorization = null, string? account = null)
    {
        var number = Interlocked.Increment(ref _addresses);
        var from = new IPEndPoint(new IPAddress([127, 9, (byte)(number / 250), (byte)((number % 250) + 1)]), 0);
        var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(from);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = Url,
        };
        if (authorization is not null) http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(authorization);
        if (account is not null) http.DefaultRequestHeaders.Add("Account", account);
        return http;
    }

    /// <summary>What somebody with these credentials is told.</summary>
    public async Task<(HttpStatusCode Status, string? Code)> AskAsync(string? authorization, string path = "/api/v1/processes", string? account = null)
    {
        using var http = Come(authorization, account);
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, response.IsSuccessStatusCode ? null : JsonElement.Parse(body).GetProperty("code").GetString());
    }

    /// <summary>A new key that may do everything, as <c>POST /api/v1/keys</c> makes them.</summary>
    internal async Task<ApiKeyText> IssueAsync(string account, string name, DateTimeOffset? expiresAt = null)
    {
        var key = ApiKeyText.New(account, Guid.CreateVersion7());
        await SendAsync(account, new IssueApiKey { KeyId = key.KeyId, Name = $"{name} {key.KeyId}", SecretHash = key.Hash, Roles = [new("administrator")], ExpiresAt = expiresAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) });
        return key;
    }

    /// <summary>What is told to somebody with these credentials who sends a text as a command.</summary>
    public async Task<(HttpStatusCode Status, string? Code)> PostAsync(string authorization, byte[] text)
    {
        using var http = Come(authorization);
        using var content = new ByteArrayContent(text) { Headers = { ContentType = new("application/cloudevents+json") } };
        using var response = await http.PostAsync(new Uri("/api/v1/commands", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (response.StatusCode, body.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    internal Task RevokeAsync(ApiKeyText key) => SendAsync(key.AccountId, new RevokeApiKey { KeyId = key.KeyId });

    /// <summary>As whoever runs the engine sends it, who is asked for no role.</summary>
    internal async Task<Outcome> TryAsync(string account, Command command, Guid? commandId = null)
    {
        var written = CommandWriter.ToCloudEvent(commandId ?? Guid.CreateVersion7(), "//tests", command with { AccountId = account, Actor = "tests" }, time: null);
        return await Services.GetRequiredService<ICommandPipeline>().SubmitAsync(new(CommandParser.Parse(written, CommandDefaults.None).Envelope!, Channels.Http) { Authority = Authority.Operator }, TestContext.Current.CancellationToken);
    }

    internal async Task SendAsync(string account, Command command)
    {
        var outcome = await TryAsync(account, command);
        outcome.Status.ShouldBe(OutcomeStatus.Accepted, outcome.Refusal?.Message);
    }

    public Task AddAccountAsync(string name) => Services.GetRequiredService<AccountList>().AddAsync(name);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_isOther) await Issuer.DisposeAsync();
    }
}
