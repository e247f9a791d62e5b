using System.Net;
using Microsoft.AspNetCore.Http;
using ProcessDeployment.Engine.Identity;

namespace ProcessDeployment.Engine.Tests.Identity;

public sealed class Coming_over_plain_http
{
    private const string Outside = "192.0.2.7";

    [Fact]
    public async Task from_another_machine_is_refused_before_credentials_are_looked_at() => (await AnswerAsync(Outside)).ShouldBe(403);

    [Fact]
    public async Task from_this_machine_is_well() => (await AnswerAsync("127.0.0.1")).ShouldBe(200);

    [Fact]
    public async Task handed_on_by_this_machine_is_from_another() => (await AnswerAsync("127.0.0.1", via: "X-Forwarded-For")).ShouldBe(403);

    [Fact]
    public async Task is_well_where_the_settings_say_so() => (await AnswerAsync(Outside, plain: true)).ShouldBe(200);

    [Fact]
    public async Task is_well_to_ask_after_the_health() => (await AnswerAsync(Outside, path: "/health/ready")).ShouldBe(200);

    [Fact]
    public async Task is_not_what_one_does_who_comes_over_tls() => (await AnswerAsync(Outside, scheme: "https")).ShouldBe(200);

    private static async Task<int> AnswerAsync(string from, string scheme = "http", string path = "/api/v1/processes", bool plain = false, string? via = null)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) }, Response = { Body = Stream.Null } };
        (context.Request.Scheme, context.Request.Host, context.Request.Path) = (scheme, new("deploy.example.com"), path);
        if (via is not null) context.Request.Headers[via] = Outside;
        await new HostGuard(_ => Task.CompletedTask, new() { ApiKeys = true, Hosts = ["deploy.example.com"], PlainHttp = plain }).InvokeAsync(context);
        return context.Response.StatusCode;
    }
}
