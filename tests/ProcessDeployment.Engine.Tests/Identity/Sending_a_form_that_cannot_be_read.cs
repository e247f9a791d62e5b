using System.Net;
using System.Text;

namespace ProcessDeployment.Engine.Tests.Identity;

/// <summary>Found by a scanner: whoever has no key could make the engine fail, and write each time what looks like a defect into its log.</summary>
[Collection<WithIdentity>]
public sealed class Sending_a_form_that_cannot_be_read(IdentityEngines engines)
{
    private const string Fields = "application/x-www-form-urlencoded";

    public static TheoryData<string, string, string, HttpStatusCode> Forms()
    {
        var forms = new TheoryData<string, string, string, HttpStatusCode>();
        foreach (var path in (string[])["/sign-in", "/sign-out", "/sign-in/account"])
        {
            forms.Add(path, Fields, "return=%00", HttpStatusCode.BadRequest);
            forms.Add(path, Fields, string.Join('&', Enumerable.Range(0, 1_500).Select(number => $"f{number}=1")), HttpStatusCode.BadRequest);
            forms.Add(path, Fields, $"return={new string('a', 20_000)}", HttpStatusCode.RequestEntityTooLarge);
            forms.Add(path, "multipart/form-data", "cut off", HttpStatusCode.BadRequest);
            forms.Add(path, "multipart/form-data; boundary=end", "cut off", HttpStatusCode.BadRequest);
            forms.Add(path, $"{Fields}; charset=utf-7", "return=a", HttpStatusCode.UnsupportedMediaType);
        }

        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task is_told_so_and_is_no_failure_of_the_engine(string path, string type, string body, HttpStatusCode expected)
    {
        using var http = (await engines.OneAsync()).Come();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(expected);
    }
}
