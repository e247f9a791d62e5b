using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.ChannelTests;

[Collection<Broker>]
public sealed class Sending_as_a_producer(BrokerFixture broker) : IAsyncLifetime
{
    private readonly PlainSql _sql = new(broker.Postgres);
    private readonly Guid _producer = Guid.CreateVersion7();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _account = "";
    private PlainAmqp _amqp = null!;

    public async ValueTask InitializeAsync() => (_account, _amqp) = (await broker.NewAccountAsync(), await PlainAmqp.OpenAsync(broker));

    public async ValueTask DisposeAsync()
    {
        if (_amqp is not null) await _amqp.DisposeAsync();
        await _sql.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task by_a_user_of_the_broker_is_let_in_and_nobody_else()
    {
        await AcceptedAsync(new RegisterProducer { ProducerId = _producer, Name = "designer", Login = "guest", CommandTypes = ["processdeployment.save-component.v1"] });

        (await ByAmqpAsync(Text(ASave(), out var save), save, "guest")).ShouldBe("accepted");
        (await ByAmqpAsync(Text(ASave(), out save), save)).ShouldBe(RefusalCodes.UnknownProducer);
        (await ByAmqpAsync(Text(new SetLicences { Class = ConnectorClass.Standard, Production = 9 }, out var licences), licences, "guest")).ShouldBe(RefusalCodes.TypeNotAllowed);
    }

    [Fact]
    public async Task by_a_signature_is_let_in_where_the_account_demands_one()
    {
        await AcceptedAsync(new RegisterProducer { ProducerId = _producer, Name = "designer", PublicKey = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()) });
        await AcceptedAsync(new SetChangeRules { SignedOnly = true });

        (await ByAmqpAsync(Signed(Text(ASave(), out var id)), id)).ShouldBe("accepted");
        (await ByAmqpAsync(Text(ASave(), out id), id, "guest")).ShouldBe(RefusalCodes.SignatureRequired);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (await ByAmqpAsync(Signed(Text(ASave(), out id), other), id)).ShouldBe(RefusalCodes.SignatureRequired);
        var altered = Signed(Text(ASave(), out _)).Split('.');
        (await ByAmqpAsync($"{altered[0]}.{Encode(Text(ASave(), out id))}.{altered[2]}", id)).ShouldBe(RefusalCodes.SignatureRequired);
        (await ByAmqpAsync(Signed(Text(ASave(), out id), header: new { alg = "ES256", kid = Guid.CreateVersion7() }), id)).ShouldBe(RefusalCodes.SignatureRequired);
    }

    [Fact]
    public async Task by_a_signature_over_SQL_gives_the_id_and_the_outcome()
    {
        await AcceptedAsync(new RegisterProducer { ProducerId = _producer, Name = "designer", PublicKey = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()) });

        (await _sql.SendAsync(Signed(Text(ASave(), out var id)))).ShouldBe(id);

        (await _sql.OutcomeAsync(_account, id))!.Value.GetProperty("status").GetString().ShouldBe("accepted");
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"0193e5a0-0000-7000-8000-000000000001"}""")]
    [InlineData("""{"alg":"HS256","kid":"0193e5a0-0000-7000-8000-000000000001"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":"ES256","kid":"../keys"}""")]
    [InlineData("""{"alg":"ES256","kid":"0193e5a0-0000-7000-8000-000000000001","crit":["b64"],"b64":false}""")]
    [InlineData("""["ES256"]""")]
    public void with_a_header_that_says_something_else_is_no_signed_command(string header) =>
        Contracts.Json.SignedCommand.TryRead(Encoding.UTF8.GetBytes($"{Encode(header)}.{Encode("{}")}.AAAA")).ShouldBeNull();

    private static SaveComponent ASave() => new() { ComponentId = Guid.CreateVersion7(), ComponentType = ComponentTypes.Process, Name = "Orders" };

    private string Text(Command command, out Guid id) => PlainSql.Text(_account, command, id = Guid.CreateVersion7());

    private string Signed(string text, ECDsa? key = null, object? header = null)
    {
        var input = $"{Encode(JsonSerializer.Serialize(header ?? new { alg = "ES256", kid = _producer }))}.{Encode(text)}";
        return $"{input}.{Base64Url.EncodeToString((key ?? _key).SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private async Task<string?> ByAmqpAsync(string text, Guid id, string? user = null)
    {
        await _amqp.SendAsync(_account, text, user);
        var outcome = await _amqp.OutcomeAsync(id);
        return outcome.TryGetProperty("refusal", out var refusal) && refusal.ValueKind == JsonValueKind.Object ? refusal.GetProperty("code").GetString() : outcome.GetProperty("status").GetString();
    }

    /// <summary>By the engine's own login of the database, which is its operator's and no producer's.</summary>
    private async Task AcceptedAsync(Command command)
    {
        await _sql.SendAsync(Text(command, out var id));
        (await _sql.OutcomeAsync(_account, id))!.Value.GetProperty("status").GetString().ShouldBe("accepted");
    }
}
