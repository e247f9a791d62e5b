using ProcessDeployment.Domain.Webhooks;

namespace ProcessDeployment.Domain.Tests.Webhooks;

public sealed class Showing_addresses
{
    [Theory]
    [InlineData("https://hooks.example/T/B/SECRET", "https://hooks.example/…")]
    [InlineData("https://hooks.example?token=SECRET", "https://hooks.example/…")]
    [InlineData("https://hooks.example:8443/?token=SECRET", "https://hooks.example:8443/…")]
    [InlineData("http:\\\\hooks.example\\SECRET", "http:\\\\hooks.example/…")]
    [InlineData("http://[::1]/SECRET", "http://[::1]/…")]
    [InlineData("https://hooks.example", "https://hooks.example/…")]
    [InlineData("[redacted]", "[redacted]")]
    public void tells_where_they_lead_to_and_no_more(string url, string shown) => WebhookAddress.Shown(url).ShouldBe(shown);
}
