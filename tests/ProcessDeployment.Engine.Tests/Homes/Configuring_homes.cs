using Microsoft.Extensions.Configuration;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Tests.Homes;

public sealed class Configuring_homes(EngineFixture engine)
{
    private static readonly (string, string)[] Two = [("PROCESSDEPLOYMENT_HOME", "main"), ("Homes:main:Url", "https://deploy.example.com"), ("Homes:eu:Url", "https://deploy-eu.example.com"), ("Homes:eu:Accounts:0", "acme")];

    [Fact]
    public void says_which_account_is_where()
    {
        var homes = Read(Two);

        homes.Name.ShouldBe("main");
        homes.OtherOf("acme")!.Url.ShouldBe(new("https://deploy-eu.example.com"));
        homes.OtherOf("local").ShouldBeNull();
        HomeOptions.OwnAccount("eu").ShouldBe("local-eu", "an account is in one home only");
        HomeOptions.OwnAccount("main").ShouldBe(HomeOptions.OwnAccount(home: null));
        Read(("PROCESSDEPLOYMENT_HOME", "eu"), Two[1], Two[2], Two[3]).Own.ShouldBe(["acme"]);
    }

    [Theory]
    [InlineData("Homes:eu:Adress", "https://eu.example.com", "Homes__eu__Adress", "Homes__eu__Url")]
    [InlineData("Homes:eu:Url", "eu.example.com", "Homes__eu__Url", "\"eu.example.com\"")]
    [InlineData("Homes:eu:Url", "http://eu.example.com", "Homes__eu__Url", "https://")]
    [InlineData("Homes:eu:Url", "https://eu.example.com/deploy", "Homes__eu__Url", "address")]
    [InlineData("Homes:e_u:Url", "https://eu.example.com", "Homes__e_u", "lower-case")]
    [InlineData("Homes:eu:Accounts:0", "Acme", "Homes__eu__Accounts", "\"Acme\"")]
    public void names_the_setting_that_is_wrong(string name, string value, string setting, string rule) =>
        Should.Throw<EngineStartException>(() => Read([.. Two.Where(setting => setting.Item1 != name), (name, value)])).Message.ShouldSatisfyAllConditions(text => text.ShouldContain(setting), text => text.ShouldContain(rule));

    [Fact]
    public void that_do_not_fit_together_starts_nothing()
    {
        var options = new EngineOptions { Postgres = "Host=db", Identity = IdentityOptions.Off with { ApiKeys = true } };

        Refused(options, Two[1..]).ShouldContain("PROCESSDEPLOYMENT_HOME");
        Refused(options, [("PROCESSDEPLOYMENT_HOME", "us"), .. Two[1..]]).ShouldContain("\"us\"");
        Refused(options, ("PROCESSDEPLOYMENT_HOME", "main")).ShouldContain("no homes are configured");
        Refused(options with { Postgres = null }, Two).ShouldContain("ConnectionStrings__Postgres");
        Refused(options with { Account = "acme" }, Two).ShouldContain("acme");
        Refused(options with { Identity = IdentityOptions.Off }, Two).ShouldContain("identity");
        Refused(options with { Accounts = ["acme"] }, Two).ShouldContain("acme");
        Refused(options, [.. Two, ("Homes:main:Accounts:0", "acme")]).ShouldContain("more than one home");
        Read(Two).Check(options);
    }

    [Fact]
    public async Task with_an_account_elsewhere_that_is_here_starts_nothing()
    {
        var database = await engine.NewDatabaseAsync();
        var options = new EngineOptions { Postgres = database, LedgerFolder = engine.LedgerFolderOf(database), Accounts = ["acme"], Identity = IdentityOptions.Off with { ApiKeys = true } };
        await (await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], options, cancellation: TestContext.Current.CancellationToken)).DisposeAsync();

        var start = await Should.ThrowAsync<EngineStartException>(EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], options with { Accounts = [], Homes = Read(Two) }, cancellation: TestContext.Current.CancellationToken));

        start.Message.ShouldContain("acme");
        start.Message.ShouldContain("accounts move");
    }

    private static string Refused(EngineOptions engine, params (string, string)[] settings) => Should.Throw<EngineStartException>(() => Read(settings).Check(engine)).Message;

    private static HomeOptions Read(params (string Name, string Value)[] settings) =>
        HomeOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());
}
