using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Tests.Identity;

namespace ProcessDeployment.Engine.Tests.Homes;

/// <summary>Two engines, each with a database of its own: acme is at home in <c>eu</c>, local and other in <c>main</c>.</summary>
internal sealed class NeighbouringHomes : IAsyncDisposable
{
    private readonly EngineFixture _engine;
    private readonly string? _broker;
    private readonly Dictionary<string, string> _databases = [];
    private readonly Dictionary<string, WebApplication> _apps = [];
    private readonly int[] _ports = FreePorts();
    private Home? _other;

    private NeighbouringHomes(EngineFixture engine, LocalIssuer issuer, string? broker) => (_engine, Issuer, _broker) = (engine, issuer, broker);

    public LocalIssuer Issuer { get; }

    public static async Task<NeighbouringHomes> StartAsync(EngineFixture engine, string? broker = null)
    {
        var homes = new NeighbouringHomes(engine, await LocalIssuer.StartAsync(), broker);
        foreach (var name in (string[])["eu", "main"])
        {
            homes._databases[name] = await engine.NewDatabaseAsync();
            await homes.StartAsync(name);
        }

        return homes;
    }

    /// <summary>Only main, with another home that is no engine.</summary>
    public static async Task<NeighbouringHomes> StartAloneAsync(EngineFixture engine, Home other)
    {
        var homes = new NeighbouringHomes(engine, await LocalIssuer.StartAsync(), broker: null) { _other = other };
        homes._databases["main"] = await engine.NewDatabaseAsync();
        await homes.StartAsync("main");
        return homes;
    }

    public IServiceProvider ServicesOf(string home) => _apps[home].Services;

    public string DatabaseOf(string home) => _databases[home];

    public Uri UrlOf(string home) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports[home == "main" ? 0 : 1]}/"));

    public async Task StartAsync(string name)
    {
        var app = await EngineHost.BuildAsync(
            ["--urls", UrlOf(name).ToString()],
            new()
            {
                Postgres = _databases[name],
                LedgerFolder = _engine.LedgerFolderOf(_databases[name]),
                RabbitMq = _broker,
                Sample = false,
                Account = HomeOptions.OwnAccount(name),
                Identity = IdentityEngine.Usual(Issuer) with { Proxies = ["127.0.0.1"], PlainHttp = true },
                Homes = new() { Name = name, All = [new("main", UrlOf("main"), ["other"]), _other ?? new("eu", UrlOf("eu"), ["acme"])] },
            },
            cancellation: TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        _apps[name] = app;
    }

    public async Task StopAsync(string home)
    {
        if (!_apps.Remove(home, out var app)) return;
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Somebody who knows the address of one home only.</summary>
    public HttpClient Come(string home, string? authorization = null, string? account = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = UrlOf(home) };
        if (authorization is not null) http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(authorization);
        if (account is not null) http.DefaultRequestHeaders.Add("Account", account);
        return http;
    }

    /// <summary>A key that may do everything in an account, made where the account is.</summary>
    public async Task<ApiKeyText> IssueAsync(string home, string account)
    {
        var key = ApiKeyText.New(account, Guid.CreateVersion7());
        (await SendAsync(home, account, new IssueApiKey { KeyId = key.KeyId, Name = $"key {key.KeyId}", SecretHash = key.Hash, Roles = [new("administrator")] })).Status.ShouldBe(OutcomeStatus.Accepted);
        return key;
    }

    /// <summary>Sends a command to the pipeline of a home.</summary>
    public Task<Outcome> SendAsync(string home, string account, Command command)
    {
        var written = CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//tests", command with { AccountId = account, Actor = "tests" }, time: null);
        return ServicesOf(home).GetRequiredService<ICommandPipeline>().SubmitAsync(new(CommandParser.Parse(written, CommandDefaults.None).Envelope!, Channels.Http) { Authority = Authority.Operator }, TestContext.Current.CancellationToken);
    }

    /// <summary>Closes an account in a home as a move does at its beginning, and at its end.</summary>
    public Task CloseAsync(string home, string account, string state, string other) => PlaceAsync(home, account, state, other, other);

    /// <summary>Opens one that came back.</summary>
    public Task OpenAsync(string home, string account) => PlaceAsync(home, account, "here", other: "eu", away: null);

    private async Task PlaceAsync(string home, string account, string state, string other, string? away)
    {
        await using var database = NpgsqlDataSource.Create(_databases[home]);
        await using var command = database.CreateCommand("""
            with placed as (update process_deployment.account set away = $4 where account_id = $1 returning position)
            insert into process_deployment.account_move (account_id, state, home, position) select $1, $2, $3, position from placed
            on conflict (account_id) do update set state = excluded.state, home = excluded.home
            """);
        foreach (var value in (string?[])[account, state, other, away]) command.Parameters.Add(new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        await ServicesOf(home).GetRequiredService<Placement>().RefreshAsync(TestContext.Current.CancellationToken);
    }

    public static StringContent Registers(string name, out Guid commandId) => new(
        JsonSerializer.Serialize(new { specversion = "1.0", id = commandId = Guid.CreateVersion7(), source = "//tests", type = "processdeployment.register-atom.v1", data = new { atomId = Guid.CreateVersion7(), name } }),
        Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        foreach (var home in _apps.Keys.ToList()) await StopAsync(home);
        await Issuer.DisposeAsync();
    }

    /// <summary>Below those that the machine gives to connections by itself: nobody takes one until its engine has started.</summary>
    private static int[] FreePorts() => [.. Enumerable.Range(0, int.MaxValue).Select(_ => Random.Shared.Next(15_000, 30_000)).Where(IsFree).Take(2)];

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
