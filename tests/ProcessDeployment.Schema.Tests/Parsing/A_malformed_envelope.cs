namespace ProcessDeployment.Schema.Tests.Parsing;

public sealed class A_malformed_envelope
{
    private static string With(string member, string? value)
    {
        var members = new Dictionary<string, string?>
        {
            ["specversion"] = "\"1.0\"",
            ["id"] = $"\"{Texts.Id}\"",
            ["source"] = "\"//ci\"",
            ["type"] = "\"processdeployment.deploy-process.v1\"",
            ["data"] = Texts.Deploy,
            [member] = value,
        };
        return $"{{{string.Join(',', members.Where(m => m.Value is not null).Select(m => $"\"{m.Key}\":{m.Value}"))}}}";
    }

    [Theory]
    [InlineData("specversion", null, "is required")]
    [InlineData("specversion", "\"0.3\"", "must be \"1.0\"")]
    [InlineData("specversion", "1.0", "must be \"1.0\"")]
    [InlineData("id", null, "is required")]
    [InlineData("id", "null", "is required")]
    [InlineData("id", "7", "must be a UUID with dashes")]
    [InlineData("id", "\"\"", "must be a UUID with dashes")]
    [InlineData("id", "\"01936f1e7c2a7b1e9d543f2a6c1b0e9d\"", "must be a UUID with dashes")]
    [InlineData("id", "\"{01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d}\"", "must be a UUID with dashes")]
    [InlineData("id", "\"01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d \"", "must be a UUID with dashes")]
    [InlineData("id", "\"'; drop table mt_events; --\"", "it is \"'; drop table mt_events; --\"")]
    [InlineData("id", "\"../../etc/passwd\"", "must be a UUID with dashes")]
    [InlineData("source", null, "is required")]
    [InlineData("source", "\"\"", "must be a URI")]
    [InlineData("source", "\"a b\"", "must be a URI")]
    [InlineData("source", "\"a%2\"", "must be a URI")]
    [InlineData("source", "\"ä\"", "must be a URI")]
    [InlineData("source", "[]", "must be a URI")]
    [InlineData("type", null, "is required")]
    [InlineData("type", "{}", "must be the wire name of a command")]
    [InlineData("type", "\"processdeployment.deploy-proces.v1\"", "did you mean processdeployment.deploy-process.v1")]
    [InlineData("type", "\"processdeployment.deploy-process.v2\"", "did you mean processdeployment.deploy-process.v1")]
    [InlineData("type", "\"nothing like it\"", "is not a command this version knows: \"nothing like it\"")]
    [InlineData("time", "\"2026-11-23\"", "must be an RFC 3339 time")]
    [InlineData("time", "\"2026-11-23T06:00:00\"", "must be an RFC 3339 time")]
    [InlineData("time", "\"2026-02-30T06:00:00Z\"", "must be an RFC 3339 time")]
    [InlineData("time", "17", "must be an RFC 3339 time")]
    [InlineData("datacontenttype", "\"application/xml\"", "must be application/json")]
    [InlineData("datacontenttype", "\"application/json; charset=latin1\"", "must be application/json")]
    [InlineData("data", null, "is required")]
    [InlineData("data", "\"text\"", "must be an object, it is text")]
    [InlineData("data", "[]", "must be an object, it is a list")]
    [InlineData("data_base64", "\"AAAA\"", "is not known here")]
    [InlineData("ID", "\"x\"", "did you mean id")]
    [InlineData("trace-parent", "\"x\"", "is not known here")]
    [InlineData("traceparent", "{}", "must be text, a whole number, or true or false")]
    public void names_the_member_and_the_rule(string member, string? value, string words) => With(member, value).ShouldBeRefused(member, words);

    [Theory]
    [InlineData("processdeployment.deploy-process.v2", true)]
    [InlineData("processdeployment.deploy-process.v1000", true)]
    [InlineData("processdeployment.deploy-process.v0", false)]
    [InlineData("processdeployment.deploy-process.v99999999999", false)]
    [InlineData("processdeployment.deploy-process.", false)]
    [InlineData("processdeployment.no-such-command.v2", false)]
    [InlineData(".v2", false)]
    public void of_a_newer_version_of_a_known_command_says_so(string type, bool newer) => Texts.Parsed(With("type", $"\"{type}\"")).IsNewer.ShouldBe(newer);

    [Fact]
    public void of_a_newer_version_and_wrong_besides_is_malformed_for_every_node() =>
        Texts.Parsed(With("type", "\"processdeployment.deploy-process.v2\"").Replace("//ci", "a b", StringComparison.Ordinal)).IsNewer.ShouldBeFalse();

    [Fact]
    public void with_more_extensions_than_are_kept_is_refused_once()
    {
        var most = new string('x', 4_096 - "mine".Length);
        Texts.Accepted(With("mine", $"\"{most}\"")).Extensions!["mine"].ShouldBe(most);
        With("mine", $"\"{most}x\",\"other\":\"x\"").ShouldBeRefused("mine", "at most 4096 bytes");
    }

    [Fact]
    public void with_a_member_twice_is_refused() => (Texts.DeployEvent()[..^1] + ",\"id\":\"x\"}").ShouldBeRefused("id", "is there twice");

    [Fact]
    public void with_a_member_twice_is_refused_though_one_is_null() => Texts.Parsed("{\"time\":null," + Texts.DeployEvent()[1..^1] + ",\"time\":null}")
        .Errors.ShouldBe([new("time", "is there twice")]);

    [Fact]
    public void that_is_a_list_is_refused() => $"[{Texts.DeployEvent()}]".ShouldBeRefused("body", "must be a CloudEvents object, it is a list");

    [Fact]
    public void still_tells_the_id_to_answer_to() => Texts.Parsed(With("type", "\"x\"")).CommandId.ShouldBe(Guid.Parse(Texts.Id));

    [Fact]
    public void lists_everything_that_is_wrong() => Texts.Parsed("""{"specversion":"2","id":1,"data":{}}""").Errors.Select(e => e.Member)
        .ShouldBe(["specversion", "id", "source", "type"]);

    [Fact]
    public void whose_id_is_64_KB_long_is_not_echoed()
    {
        var error = Texts.Parsed(With("id", $"\"{new string('x', 60_000)}\"")).Errors.ShouldHaveSingleItem();
        error.Rule.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public void cannot_steer_a_log_or_a_terminal() =>
        Texts.Parsed(With("type", "\"a\\r\\nb\\u001b[31m\u202e\"")).Errors.ShouldHaveSingleItem().Rule.Any(c => char.IsControl(c) || c == '\u202e').ShouldBeFalse();

    /// <summary>Found by throwing garbage at it: only the first twenty mistakes are told, and the id came after them.</summary>
    [Theory]
    [InlineData("\"no id\"")]
    [InlineData("17")]
    [InlineData("\"\\ud800\"")]
    public void with_more_mistakes_than_are_told_is_refused_also_for_its_id(string id)
    {
        var unknown = string.Concat(Enumerable.Range(0, 25).Select(number => $"\"Unknown{number}\":1,"));

        var result = Texts.Parsed(Texts.DeployEvent().Replace("\"specversion\"", $"{unknown}\"specversion\"", StringComparison.Ordinal).Replace($"\"id\":\"{Texts.Id}\"", $"\"id\":{id}", StringComparison.Ordinal));

        (result.WellFormed, result.Errors.Count, result.CommandId).ShouldBe((false, 20, null));
    }
}
