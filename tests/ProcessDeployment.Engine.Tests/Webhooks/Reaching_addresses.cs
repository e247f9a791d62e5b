using System.Net;
using System.Text;
using ProcessDeployment.Domain.Webhooks;
using ProcessDeployment.Engine.Webhooks;

namespace ProcessDeployment.Engine.Tests.Webhooks;

/// <summary>Whoever may set a webhook must not reach with it what only this machine reaches.</summary>
public sealed class Reaching_addresses
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("224.0.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void that_are_not_public_is_not_allowed(string address) => PublicAddresses.Contains(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    public void that_are_public_is(string address) => PublicAddresses.Contains(IPAddress.Parse(address)).ShouldBeTrue();

    /// <summary>A name is judged by what it means when it is connected to, whatever it meant before.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    public async Task of_this_machine_is_refused_unless_it_is_allowed(string host)
    {
        await using var receiver = await Receiver.StartAsync();
        using var client = new WebhookClient(allowPrivate: false, Eventually.Patience);

        (await SendAsync(client, host, receiver)).ShouldNotBeNull().ShouldContain("is no public address");
        receiver.All.ShouldBeEmpty();

        using var allowed = new WebhookClient(allowPrivate: true, Eventually.Patience);
        if (host == "127.0.0.1") (await SendAsync(allowed, host, receiver)).ShouldBeNull();
    }

    [Fact]
    public async Task that_point_elsewhere_is_a_failure()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => 302;
        using var client = new WebhookClient(allowPrivate: true, Eventually.Patience);

        (await SendAsync(client, "127.0.0.1", receiver)).ShouldBe("it answered 302");
        receiver.All.ShouldHaveSingleItem().Path.ShouldBe("/hook");
    }

    [Theory]
    [InlineData("J\0\0\0\n8.0.36\0a secret of theirs", "what it answered is not HTTP")]
    [InlineData("SSH-2.0-secret\r\n", "what it answered is not HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\na secret header\r\n\r\n", "what it answered is not HTTP")]
    [InlineData("HTTP/1.1 20", "it broke off before it had answered")]
    [InlineData("", "it broke off before it had answered")]
    public async Task that_speak_something_else_is_a_failure_that_repeats_none_of_it(string greeting, string problem)
    {
        using var other = new OtherServer(Encoding.Latin1.GetBytes(greeting));
        using var client = new WebhookClient(allowPrivate: true, Eventually.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, other.Url) { Content = new StringContent("{}") };

        (await client.SendAsync(request, TestContext.Current.CancellationToken)).ShouldBe(problem);
    }

    [Fact]
    public async Task that_speak_no_tls_is_a_failure_that_repeats_none_of_it()
    {
        using var other = new OtherServer(Encoding.Latin1.GetBytes("J\0\0\0\n8.0.36\0a secret of theirs"));
        using var client = new WebhookClient(allowPrivate: true, Eventually.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(other.Url) { Scheme = "https" }.Uri) { Content = new StringContent("{}") };

        (await client.SendAsync(request, TestContext.Current.CancellationToken)).ShouldNotBeNull().ShouldStartWith("no secure connection came about");
    }

    [Fact]
    public async Task where_nobody_listens_is_a_failure_in_words()
    {
        using var client = new WebhookClient(allowPrivate: true, Eventually.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:1/hook");

        (await client.SendAsync(request, TestContext.Current.CancellationToken)).ShouldBe("it refused the connection");
    }

    [Fact]
    public void with_problems_is_told_without_what_no_database_keeps() =>
        WebhookProblem.Kept($"a\0b\u001b\ud800c{new string('x', 400)}").ShouldBe($"ab\ufffdc{new string('x', 296)}");

    private static async Task<string?> SendAsync(WebhookClient client, string host, Receiver receiver)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{host}:{receiver.Url.Port}/hook")) { Content = new StringContent("{}") };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
