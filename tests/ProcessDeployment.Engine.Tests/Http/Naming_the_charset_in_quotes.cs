using System.Net;
using System.Text;

namespace ProcessDeployment.Engine.Tests.Http;

/// <summary>Found while scanning: quotes are as good in a header as none, and the routes that read a small object of their own failed at them.</summary>
public sealed class Naming_the_charset_in_quotes(EngineFixture engine)
{
    [Theory]
    [InlineData("/api/v1/keys")]
    [InlineData("/api/v1/accounts")]
    [InlineData("/api/v1/rebuilds")]
    [InlineData("/api/v1/atoms/01936f2f-9d10-7c01-8b01-4c6f2f1f0e01/tokens")]
    [InlineData("/api/v1/halted-accounts/local/skip")]
    public async Task is_as_good_as_naming_it_without(string path)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        foreach (var type in (string[])["application/json; charset=utf-8", "application/json; charset=\"utf-8\"", "application/json; charset=\"UTF-8\""])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"nonsense":1}"""));
            content.Headers.TryAddWithoutValidation("Content-Type", type);

            using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);

            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, type);
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("malformed");
        }
    }
}
