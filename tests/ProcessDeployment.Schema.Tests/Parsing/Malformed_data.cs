using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Schema.Tests.Parsing;

public sealed class Malformed_data
{
    private const string Save = $$""" "componentId":"{{Texts.Id}}","componentType":"process","name":"A",{{Texts.Owner}} """;

    [Theory]
    [InlineData("deploy-process", "", "data.processId", "is required")]
    [InlineData("deploy-process", "\"processId\":null", "data.processId", "must not be null")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"foo\":[[[{}]]]", "data.foo", "is not known here")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"ExpectedVersion\":1", "data.ExpectedVersion", "did you mean expectedVersion")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"processId\":\"{id}\"", "data.processId", "is there twice")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"\\u0070rocessId\":\"{id}\"", "data.processId", "is there twice")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"note\":null,\"note\":\"x\"", "data.note", "is there twice")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"note\":5", "data.note", "must be text, it is a number")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"note\":\"a\\u0000b\"", "data.note", "must not contain U+0000")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"note\":\"\\ud800\"", "data.note", "half of a surrogate pair (\\ud800)")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"note\":\"\\ude00\\ud83d\"", "data.note", "half of a surrogate pair (\\ude00)")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"\\ud800\":1", "data.\\ud800", "is not known here")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"onlyIfChanged\":\"true\"", "data.onlyIfChanged", "must be true or false, it is text")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"expectedVersion\":\"1\"", "data.expectedVersion", "must be a whole number")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"expectedVersion\":1.5", "data.expectedVersion", "it is 1.5")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"expectedVersion\":2147483648", "data.expectedVersion", "must be a whole number")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"expectedVersion\":1e400", "data.expectedVersion", "it is 1e400")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"expectedVersion\":-1", "data.expectedVersion", "must be at least 0")]
    [InlineData("deploy-process", "\"processId\":\"{id}\",\"reason\":\"a\\u0007\"", "data.reason", "must not contain control characters")]
    [InlineData("attach-atoms", "\"processId\":\"{id}\",\"atomIds\":[]", "data.atomIds", "must name at least one id")]
    [InlineData("attach-atoms", "\"processId\":\"{id}\",\"atomIds\":\"{id}\"", "data.atomIds", "must be a list, it is text")]
    [InlineData("attach-atoms", "\"processId\":\"{id}\",\"atomIds\":[\"{id}\",\"{id}\",null]", "data.atomIds[2]", "must be a UUID with dashes")]
    [InlineData("attach-atoms", "\"processId\":\"{id}\",\"atomIds\":[\"{id}\",[\"{id}\"]]", "data.atomIds[1]", "it is a list")]
    [InlineData("set-licence-enforcement", "\"mode\":\"Strict\"", "data.mode", "must be one of strict, tolerant, it is \"Strict\"")]
    [InlineData("set-licence-enforcement", "\"mode\":\" strict\"", "data.mode", "must be one of strict, tolerant")]
    [InlineData("set-licence-enforcement", "\"mode\":0", "data.mode", "must be one of strict, tolerant, it is a number")]
    [InlineData("set-licences", "\"class\":\"standard\"", "data.production", "or test must be given")]
    [InlineData("register-atom", "\"atomId\":\"{id}\",\"name\":\"A\",\"timeZone\":\"Mars/Base\"", "data.timeZone", "must be an IANA time zone")]
    public void names_the_member_and_the_rule(string type, string members, string member, string words)
    {
        var data = string.Join(',', new[] { members.Replace("{id}", Texts.Id, StringComparison.Ordinal), Texts.Owner }.Where(m => m.Length > 0));
        Texts.Event(type, $"{{{data}}}").ShouldBeRefused(member, words);
    }

    [Theory]
    [InlineData("\"references\":[{\"componentId\":\"{id}\",\"kind\":\"dependent\",\"bar\":1}]", "data.references[0].bar", "is not known here")]
    [InlineData("\"references\":[{\"componentId\":\"{id}\"}]", "data.references[0].kind", "is required")]
    [InlineData("\"references\":[{\"kind\":\"dependent\",\"componentId\":\"{id}\",\"kind\":\"independent\"}]", "data.references[0].kind", "is there twice")]
    [InlineData("\"references\":[null]", "data.references[0]", "must be an object, it is null")]
    [InlineData("\"connector\":{\"type\":\"http\",\"class\":\"gold\"}", "data.connector.class", "must be one of standard, smallBusiness")]
    [InlineData("\"connector\":{\"type\":\"http\"}", "data.connector.class", "is required")]
    [InlineData("\"connector\":{\"type\":null,\"class\":\"standard\"}", "data.connector.type", "must not be null")]
    [InlineData("\"extensions\":[{\"key\":\"k\",\"label\":\"l\",\"secret\":true},{\"key\":\"k\",\"label\":\"l\",\"secret\":true}]", "data.extensions[1].key", "is declared twice")]
    [InlineData("\"content\":{\"a\":1}", "data.content", "must be text, it is an object")]
    [InlineData("\"content\":\"\\u0000\"", "data.content", "must not contain U+0000")]
    public void names_the_member_of_a_member(string members, string member, string words) =>
        Texts.Event("save-component", $"{{{members.Replace("{id}", Texts.Id, StringComparison.Ordinal)},{Save}}}").ShouldBeRefused(member, words);

    [Theory]
    [InlineData(100, 1, "data.fromAtomIds", "at most 100 ids together with toAtomIds, they have 101")]
    [InlineData(50, 51, "data.toAtomIds", "at most 100 ids together with fromAtomIds, they have 101")]
    [InlineData(101, 1, "data.fromAtomIds", "at most 100 ids, it has 101")]
    public void with_more_ids_than_a_command_carries_is_refused_however_they_are_split(int from, int to, string member, string words) =>
        Move(from, to).ShouldBeRefused(member, words);

    [Theory]
    [InlineData(50, 50)]
    [InlineData(99, 1)]
    public void is_not_what_keeps_the_limit_of_ids(int from, int to) => Texts.Parsed(Move(from, to)).Errors.ShouldBeEmpty();

    [Fact]
    public void before_its_type_is_judged_alike() =>
        $$"""{"data":{"processId":"{{Texts.Id}}","foo":1,{{Texts.Owner}}},"type":"processdeployment.deploy-process.v1","source":"a","id":"{{Texts.Id}}","specversion":"1.0"}"""
            .ShouldBeRefused("data.foo", "is not known here");

    [Theory]
    [InlineData("Acme")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("acme'--")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg")]
    public void with_an_account_of_the_wrong_form_is_refused(string account) =>
        Texts.DeployEvent($$"""{"processId":"{{Texts.Id}}","actor":"kim","accountId":"{{account}}"}""").ShouldBeRefused("data.accountId", AccountIds.Rule);

    [Fact]
    public void without_account_and_actor_is_refused_on_the_bus() => Texts.Parsed(Texts.DeployEvent($$"""{"processId":"{{Texts.Id}}"}"""))
        .Errors.ShouldBe([new("data.accountId", "is required"), new("data.actor", "is required")]);

    [Fact]
    public void that_contradicts_the_credentials_is_refused() => Texts.Parsed(Texts.DeployEvent(), new CommandDefaults("other", "sam")).Errors.ShouldBe(
    [
        new("data.accountId", "must be left out or equal the account of the credentials"),
        new("data.actor", "must be left out or equal the actor of the credentials"),
    ]);

    [Fact]
    public void with_101_ids_is_refused()
    {
        var ids = string.Join(',', Enumerable.Repeat($"\"{Texts.Id}\"", 101));
        Texts.Event("deploy-processes", $$"""{"processIds":[{{ids}}],{{Texts.Owner}}}""").ShouldBeRefused("data.processIds", "must have at most 100 ids, it has 101");
    }

    [Fact]
    public void is_reported_with_at_most_20_mistakes()
    {
        var ids = string.Join(',', Enumerable.Repeat("7", 5_000));
        Texts.Parsed(Texts.Event("deploy-processes", $$"""{"processIds":[{{ids}}],{{Texts.Owner}}}""")).Errors.Count.ShouldBe(20);
    }

    private static string Move(int from, int to) =>
        Texts.Event("move-process", $$"""{"processId":"{{Texts.Id}}","fromAtomIds":[{{Ids(from)}}],"toAtomIds":[{{Ids(to)}}],{{Texts.Owner}}}""");

    private static string Ids(int count) => string.Join(',', Enumerable.Range(0, count).Select(_ => $"\"{Guid.NewGuid()}\""));
}
