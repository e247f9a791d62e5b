using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.RabbitMq;
using ProcessDeployment.Engine.Tests;
using RabbitMQ.Client.Exceptions;

namespace ProcessDeployment.ChannelTests;

public sealed class Reaching_a_broker_over_TLS(EngineFixture engine) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("process-deployment-tls-").FullName;
    private readonly Authority _authority = new();
    private RabbitMqServer? _server;

    public async ValueTask InitializeAsync()
    {
        if (RabbitMqServer.Programs() is not { } programs) return;
        var (certificate, key) = _authority.Sign("localhost");
        _server = await RabbitMqServer.StartNewAsync(programs, certificate, key);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>One broker for all of it: to start one takes longer than to ask it.</summary>
    [Fact]
    public async Task is_for_those_whose_certificate_has_its_name_and_was_signed_by_who_is_trusted()
    {
        var server = Server();
        var trusted = Keep(_authority);
        using var other = new Authority();

        (await ConnectAsync(server.TlsAddress("localhost"), trusted)).ShouldBeNull();
        (await ConnectAsync(server.TlsAddress("127.0.0.1"), trusted)).ShouldBeOfType<AuthenticationException>("the certificate is of another name");
        (await ConnectAsync(server.TlsAddress("localhost"), Keep(other))).ShouldBeOfType<AuthenticationException>("somebody else signed it");
        (await ConnectAsync(server.TlsAddress("localhost"), null)).ShouldBeOfType<AuthenticationException>("this machine does not know who signed it");

        var database = await engine.NewDatabaseAsync();
        await using var app = await EngineHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0"],
            new() { Postgres = database, LedgerFolder = engine.LedgerFolderOf(database), RabbitMq = server.TlsAddress("localhost"), RabbitMqAuthorities = trusted, Sample = false },
            cancellation: TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Task.FromResult(app.Services.GetRequiredService<CommandIntake>().Connected), "the engine to take commands from the broker");
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task is_not_for_a_certificate_that_is_for_something_else()
    {
        using var mailer = new TlsListener(_authority.Sign("localhost", purpose: "1.3.6.1.5.5.7.3.4"));

        (await ConnectAsync(mailer.Address, Keep(_authority))).ShouldBeOfType<AuthenticationException>();
    }

    [Fact]
    public void says_at_the_start_what_is_wrong_with_its_settings()
    {
        EngineOptions Options(string address, string file) => new() { RabbitMq = address, RabbitMqAuthorities = file };
        var empty = Path.Combine(_folder, "empty.pem");
        File.WriteAllText(empty, "");

        Should.Throw<EngineStartException>(() => Options("amqp://localhost/", Keep(_authority)).Check()).Message.ShouldContain("is not an amqps:// address");
        Should.Throw<EngineStartException>(() => Options("amqps://localhost/", Path.Combine(_folder, "none.pem")).Check()).Message.ShouldContain("PROCESSDEPLOYMENT_RABBITMQ_CA");
        Should.Throw<EngineStartException>(() => Options("amqps://localhost/", empty).Check()).Message.ShouldContain("PROCESSDEPLOYMENT_RABBITMQ_CA");
        Should.NotThrow(() => Options("amqps://localhost/", Keep(_authority)).Check());
    }

    private RabbitMqServer Server()
    {
        if (_server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("CI needs rabbitmq-server.");
        Assert.SkipWhen(_server is null, "No rabbitmq-server in PATH or /usr/lib/rabbitmq/bin: install it to run the tests of the bus.");
        return _server!;
    }

    private string Keep(Authority authority)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():n}.pem");
        File.WriteAllText(file, authority.Pem);
        return file;
    }

    /// <summary>What stood against it, at the bottom; null where nothing did.</summary>
    private static async Task<Exception?> ConnectAsync(string address, string? authorities)
    {
        try
        {
            await using var connection = await new BrokerConnections(address, authorities).ConnectAsync("test", TestContext.Current.CancellationToken);
            return null;
        }
        catch (BrokerUnreachableException e)
        {
            Exception cause = e;
            while (cause is not AuthenticationException && cause.InnerException is { } inner) cause = inner;
            return cause;
        }
    }

    /// <summary>Shows a certificate to one who comes, and says nothing.</summary>
    private sealed class TlsListener : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly X509Certificate2 _certificate;

        public TlsListener((string Certificate, string Key) signed)
        {
            _certificate = X509Certificate2.CreateFromPem(signed.Certificate, signed.Key);
            _listener.Start();
            _ = ServeAsync();
        }

        public string Address => $"amqps://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

        public void Dispose()
        {
            _listener.Dispose();
            _certificate.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await using var tls = new SslStream(client.GetStream());
                    await tls.AuthenticateAsServerAsync(_certificate);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException or AuthenticationException)
            {
                // Whoever came went away again, which is what the test is about.
            }
        }
    }
}
