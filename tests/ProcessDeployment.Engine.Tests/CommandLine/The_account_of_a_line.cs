using System.Text;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.Tests.CommandLine;

public sealed class The_account_of_a_line
{
    [Theory]
    [InlineData("""{"data":{}}""", """{"data":{"accountId":"acme"}}""")]
    [InlineData("""{"id":1,"data":{"a":1}}""", """{"id":1,"data":{"accountId":"acme","a":1}}""")]
    [InlineData("""{"data":{"accountId":"acme"}}""", """{"data":{"accountId":"acme"}}""")]
    public void is_put_where_none_is(string line, string put) => Put(line).ShouldBe((put, null));

    [Fact]
    public void is_never_another() => Put("""{"data":{"accountId":"globex"}}""").Mistake.ShouldNotBeNull();

    /// <summary>Found by throwing garbage at it: half of a surrogate pair is JSON and no text.</summary>
    [Theory]
    [InlineData("""{"data":{"accountId":"ac\ud800me"}}""")]
    [InlineData("""{"da\ud800ta":{},"data":{}}""")]
    public void that_is_no_text_is_left_to_the_engine(string line) => Put(line).ShouldBe((line, null));

    private static (string Text, string? Mistake) Put(string line) =>
        (Encoding.UTF8.GetString(AccountOfLine.Put(Encoding.UTF8.GetBytes(line), "acme", out var mistake).Span), mistake);
}
