using Microsoft.Extensions.Configuration;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Tests.Identity;

public sealed class Settings_of_identity
{
    private const string Authority = "Identity:Authority=https://login.example.com;Identity:Audience=engine";

    [Fact]
    public void are_off_where_there_are_none() => Read("").IsOn.ShouldBeFalse();

    [Fact]
    public void are_read_whole()
    {
        var options = Read($"{Authority};Identity:OperatorClaim=roles;Identity:OperatorValue=op;Identity:StrictTypes=on;Identity:ApiKeys=on;Identity:SignInLifetime=00:30:00;AllowedHosts=deploy.example.com");

        (options.IsOn, options.StrictTypes, options.ApiKeys, options.SignInLifetime, options.AccountClaim).ShouldBe((true, true, true, TimeSpan.FromMinutes(30), "account"));
        options.Hosts.ShouldBe(["deploy.example.com"]);
    }

    [Theory]
    [InlineData("Identity:Audience=engine", "Identity__Audience")]
    [InlineData("Identity:Authority=https://login.example.com", "Identity__Audience")]
    [InlineData("Identity:Authority=http://login.example.com;Identity:Audience=engine", "https://")]
    [InlineData("Identity:Authority=nonsense;Identity:Audience=engine", "Identity__Authority")]
    [InlineData("Identity:ApiKeys=yes", "Identity__ApiKeys")]
    [InlineData("Identity:ApiKeys=on;Identity:StrictTypes=on", "Identity__StrictTypes")]
    [InlineData("Identity:ApiKeys=on;Identity:ActorClaim=sub", "Identity__ActorClaim")]
    [InlineData("Identity:ApiKeys=on;Identity:ClientId=pages", "Identity__ClientId")]
    [InlineData("Identity:ApiKeys=on;Identity:Apikey=x", "Identity__Apikey")]
    [InlineData("Identity:ApiKeys=on;Identity:SignInLifetime=00:00:10", "Identity__SignInLifetime")]
    [InlineData("Identity:ApiKeys=on;Identity:Proxies=proxy.example.com", "Identity__Proxies")]
    [InlineData("Identity:ApiKeys=on;AllowedHosts=*", "AllowedHosts")]
    [InlineData("Identity:ApiKeys=on;AllowedHosts=https://deploy.example.com", "AllowedHosts")]
    [InlineData($"{Authority};Identity:OperatorClaim=roles", "Identity__OperatorValue")]
    [InlineData($"{Authority};Identity:OperatorValue=op", "Identity__OperatorClaim")]
    [InlineData($"{Authority};Identity:ClientSecret=x", "Identity__ClientId")]
    [InlineData("Limits:CommandsPerSecond=0", "Limits__CommandsPerSecond")]
    [InlineData("Limits:CommandPerSecond=5", "Limits__CommandPerSecond")]
    public void stop_the_start_where_one_is_wrong_or_lacks_another(string settings, string named) =>
        Should.Throw<EngineStartException>(() => Read(settings)).Message.ShouldContain(named);

    private static IdentityOptions Read(string settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => KeyValuePair.Create(setting.Split('=')[0], (string?)setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]))).Build();
        var options = EngineOptions.From(configuration);
        options.Check();
        return options.Identity;
    }
}
