namespace ProcessDeployment.Engine.Tests.Host;

public sealed class Starting_where_something_stands_against_it(EngineFixture engine)
{
    [Fact]
    public async Task names_the_engine_that_has_the_data_folder()
    {
        using var second = new EngineProcess(("PROCESSDEPLOYMENT_DATA", engine.DataFolder));

        (await second.ExitAsync()).ShouldBe(1);

        second.Said.ShouldContain($"process id {Environment.ProcessId}");
        second.Said.ShouldContain(engine.Url.ToString().TrimEnd('/'));
        second.Said.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task says_which_setting_frees_it_from_a_port_in_use()
    {
        using var second = new EngineProcess(("ConnectionStrings__Postgres", await engine.NewDatabaseAsync()), ("ASPNETCORE_URLS", engine.Url.ToString()));

        (await second.ExitAsync()).ShouldBe(1);

        second.Said.ShouldContain("ASPNETCORE_URLS");
        second.Said.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("Nonsense=1", "ConnectionStrings__Postgres cannot be used")]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Timeout=1", "127.0.0.1:1 does not answer")]
    public async Task says_what_is_wrong_with_a_connection_string(string connectionString, string message)
    {
        using var second = new EngineProcess(("ConnectionStrings__Postgres", connectionString));

        (await second.ExitAsync()).ShouldBe(1);

        second.Said.ShouldContain(message);
        second.Said.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task says_what_the_database_says()
    {
        var unknown = new Npgsql.NpgsqlConnectionStringBuilder(engine.Databases.Logins.Owner) { Database = "nowhere" };
        using var second = new EngineProcess(("ConnectionStrings__Postgres", unknown.ConnectionString));

        (await second.ExitAsync()).ShouldBe(1);

        second.Said.ShouldContain("database \"nowhere\" does not exist");
        second.Said.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("PROCESSDEPLOYMENT_ACCOUNT", "Acme Corp", "PROCESSDEPLOYMENT_ACCOUNT is \"Acme Corp\", but the name of an account must be 1 to 63")]
    [InlineData("PROCESSDEPLOYMENT_ACCOUNT", "", "PROCESSDEPLOYMENT_ACCOUNT is \"\"")]
    [InlineData("Accounts__0", "Ümlaut", "Accounts__0 is \"Ümlaut\"")]
    [InlineData("ConnectionStrings__RabbitMq", "", "ConnectionStrings__RabbitMq cannot be used: it must be an AMQP URI")]
    [InlineData("ConnectionStrings__RabbitMq", "no address", "ConnectionStrings__RabbitMq cannot be used: it must be an AMQP URI")]
    [InlineData("ConnectionStrings__RabbitMq", "localhost:5672", "ConnectionStrings__RabbitMq cannot be used: it must be an AMQP URI")]
    [InlineData("ConnectionStrings__RabbitMq", "http://kim:s3cret@broker", "ConnectionStrings__RabbitMq cannot be used: it must be an AMQP URI")]
    [InlineData("ConnectionStrings__Postgres", "", "ConnectionStrings__Postgres cannot be used")]
    [InlineData("ConnectionStrings__Owner", "Nonsense=1", "ConnectionStrings__Owner cannot be used")]
    [InlineData("ConnectionStrings__Owner", "Host=db", "ConnectionStrings__Owner is set, but ConnectionStrings__Postgres is not")]
    [InlineData("ConnectionStrings__Sealer", "Host=db", "ConnectionStrings__Sealer is set, but ConnectionStrings__Postgres is not")]
    public async Task names_the_setting_that_breaks_its_rule(string setting, string value, string message)
    {
        using var second = new EngineProcess(("PROCESSDEPLOYMENT_DATA", engine.DataFolder), (setting, value));

        (await second.ExitAsync()).ShouldBe(1);

        second.Said.ShouldContain(message);
        second.Said.ShouldNotContain("   at ");
        second.Said.ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:5999")]
    [InlineData("ASPNETCORE_URLS", "http://*:5999")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0;http://192.0.2.1:5999")]
    [InlineData("Kestrel__Endpoints__Http__Url", "http://[::]:5999")]
    public async Task refuses_to_serve_other_machines_while_nobody_can_be_told_apart(string setting, string urls)
    {
        using var open = new EngineProcess(("PROCESSDEPLOYMENT_DATA", engine.DataFolder), (setting, urls));

        (await open.ExitAsync()).ShouldBe(1);

        open.Said.ShouldContain("no identity is configured");
        open.Said.ShouldNotContain("   at ");
    }
}
