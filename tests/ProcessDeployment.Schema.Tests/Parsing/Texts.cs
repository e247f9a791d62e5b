using System.Text;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Schema.Tests.Parsing;

/// <summary>Commands as text, and what the parser says about them.</summary>
internal static class Texts
{
    public const string Id = "01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d";
    public const string Owner = """ "accountId":"acme","actor":"kim@example.com" """;
    public const string Deploy = $$""" {"processId":"{{Id}}",{{Owner}}} """;

    public static string Event(string type, string data) =>
        $$"""{"specversion":"1.0","id":"{{Id}}","source":"//ci/42","type":"processdeployment.{{type}}.v1","data":{{data}}}""";

    public static string DeployEvent(string data = Deploy) => Event("deploy-process", data);

    public static ParseResult Parsed(string text, CommandDefaults? defaults = null) => Parsed(Encoding.UTF8.GetBytes(text), defaults);

    public static ParseResult Parsed(byte[] text, CommandDefaults? defaults = null) => CommandParser.Parse(text, defaults ?? CommandDefaults.None);

    public static CommandEnvelope Accepted(string text, CommandDefaults? defaults = null)
    {
        var result = Parsed(text, defaults);
        result.Errors.ShouldBeEmpty();
        return result.Envelope.ShouldNotBeNull();
    }

    public static string Fingerprint(string text, CommandDefaults? defaults = null) =>
        Convert.ToHexStringLower(Accepted(text, defaults).Fingerprint.Span);

    /// <summary>The text is refused for one reason, which names the member and contains the words.</summary>
    public static void ShouldBeRefused(this string text, string member, string words) => Encoding.UTF8.GetBytes(text).ShouldBeRefused(member, words);

    public static void ShouldBeRefused(this byte[] text, string member, string words)
    {
        var result = Parsed(text);
        result.Envelope.ShouldBeNull();
        var error = result.Errors.ShouldHaveSingleItem();
        error.Member.ShouldBe(member);
        error.Rule.ShouldContain(words);
        error.ToString().Length.ShouldBeLessThan(400);
    }
}
