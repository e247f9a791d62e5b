using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Tests.Http;

public sealed class Asking_while_the_database_is_away
{
    /// <summary>A session that PostgreSQL ended while it crashed was called a defect of the engine once, though commands waited for it to come back.</summary>
    [Theory]
    [InlineData("57P01")]
    [InlineData("57P02")]
    [InlineData("57P03")]
    [InlineData("53100")]
    [InlineData("58030")]
    [InlineData("25006")]
    [InlineData("08006")]
    public async Task is_answered_with_503_and_when_to_come_again(string state)
    {
        var (status, code, retryAfter) = await AnswerAsync(new PostgresException("", "FATAL", "FATAL", state));
        (status, code).ShouldBe((503, "store-unavailable"));
        retryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task is_not_what_a_wrong_statement_is_taken_for() => (await AnswerAsync(new PostgresException("", "ERROR", "ERROR", "42703"))).Status.ShouldBe(500);

    private static async Task<(int Status, string? Code, string? RetryAfter)> AnswerAsync(Exception failure)
    {
        using var body = new MemoryStream();
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { Response = { Body = body }, RequestServices = services };
        await new ProblemMiddleware(_ => throw failure, NullLogger<ProblemMiddleware>.Instance).InvokeAsync(context);
        return (context.Response.StatusCode, JsonElement.Parse(body.ToArray()).GetProperty("code").GetString(), context.Response.Headers.RetryAfter);
    }
}
