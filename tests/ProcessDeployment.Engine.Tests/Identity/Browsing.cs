using System.Net;
using System.Text.RegularExpressions;

namespace ProcessDeployment.Engine.Tests.Identity;

/// <summary>As much of a browser as signing in takes: it keeps cookies, follows redirects, and fills in forms.</summary>
internal sealed partial class Browsing(HttpClient http) : IDisposable
{
    private readonly CookieContainer _cookies = new();

    public string? Cookie(string name) => _cookies.GetAllCookies().FirstOrDefault(cookie => cookie.Name == name)?.Value;

    /// <summary>What was said of a cookie when it was set last.</summary>
    public List<string> Said { get; } = [];

    public async Task<(HttpResponseMessage Response, string Body)> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var address = new Uri(http.BaseAddress!, path);
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(method, address) { Content = content };
            if (_cookies.GetCookieHeader(address) is { Length: > 0 } cookies) request.Headers.Add("Cookie", cookies);
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set)
                {
                    Said.Add(cookie);
                    _cookies.SetCookies(address, cookie);
                }
            }

            if ((int)response.StatusCode is not (302 or 303) || hops > 5) return (response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            (address, method, content) = (new Uri(address, response.Headers.Location!), HttpMethod.Get, null);
        }
    }

    public Task<(HttpResponseMessage Response, string Body)> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Opens a page with a form and sends it.</summary>
    public async Task<(HttpResponseMessage Response, string Body)> FillInAsync(string path, params (string Name, string Value)[] fields)
    {
        var (_, page) = await GetAsync(path);
        var hidden = Hidden().Matches(page).Select(field => (Name: field.Groups[1].Value, Value: WebUtility.HtmlDecode(field.Groups[2].Value)));
        return await SendAsync(HttpMethod.Post, Action().Match(page).Groups[1].Value, Form([.. hidden, .. fields]));
    }

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public void Dispose() => http.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Action();
}
