using System.Net;
using System.Text.RegularExpressions;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>Every question about domain state and how it was answered, to ask again later.</summary>
internal sealed partial class Recording
{
    private readonly Dictionary<string, string> _answers = [];

    private Recording(long position) => Position = position;

    public long Position { get; }

    public static async Task<Recording> OfAsync(TestAccount account, AccountPicture picture)
    {
        var recording = new Recording(picture.Position);
        foreach (var path in Paths(picture)) recording._answers[path] = await AnswerAsync(account, path);
        return recording;
    }

    /// <summary>Asks all of it again as of the moment it was recorded.</summary>
    public async Task ShouldBeAnsweredAgainAsync(TestAccount account)
    {
        foreach (var (path, recorded) in _answers)
        {
            var again = await AnswerAsync(account.AsOf(Position), path);
            if (again.StartsWith("OK {", StringComparison.Ordinal)) again.ShouldContain($",\"asOfPosition\":{Position},\"sealed\":");
            AsOfMembers().Replace(again, "}").ShouldBe(recorded, $"{path} as of {Position}");
        }
    }

    private static async Task<string> AnswerAsync(TestAccount account, string path)
    {
        using var response = await account.Http.GetAsync(account.Address(path), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
        return $"{response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    private static IEnumerable<string> Paths(AccountPicture picture) =>
    [
        "/processes", "/processes?revised=true", "/processes?revised=false&folder=Shop", "/processes?text=ORD", "/processes?skip=1&take=500",
        .. from component in picture.Components.Values
           from question in (string[])["", "/attachments", "/versions", "/versions/1", "/versions/2", "/diff", "/diff?from=1&to=2", "/diff?from=latest&to=1", "/history?take=500"]
           select $"/processes/{component.ComponentId}{question}",
        "/components", "/components?text=bill", "/components?type=process&folder=Shop/Late", $"/components?{string.Join('&', picture.Components.Keys.Select(id => $"id={id}"))}",
        .. from component in picture.Components.Values
           from question in (string[])["", "/revisions?take=500", "/revisions/1/content", "/revisions/3/content", "/impact"]
           select $"/components/{component.ComponentId}{question}",
        "/atoms", "/atoms?text=atom",
        .. from atom in picture.Atoms.Values
           from question in (string[])["", "/deployments", "/deployments?revised=true", "/deployments?text=o&revised=false"]
           select $"/atoms/{atom.AtomId}{question}",
        "/licences", "/licences/report", "/audit?take=500", "/audit?take=500&actor=ana&type=version-deployed", "/audit?take=500&text=orders",
        .. picture.Atoms.Keys.Select(id => $"/audit?take=500&atom={id}"),
        .. picture.Components.Keys.Select(id => $"/audit?take=500&component={id}"),
    ];

    [GeneratedRegex(",\"asOfPosition\":[0-9]+,\"sealed\":(true|false)}$")]
    private static partial Regex AsOfMembers();
}
