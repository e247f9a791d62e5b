using static ProcessDeployment.Engine.Tests.Import.ComponentXml;

namespace ProcessDeployment.Engine.Tests.Import;

public sealed class Reading_hostile_files
{
    [Fact]
    public void refuses_entities_from_outside() =>
        Failure("""<?xml version="1.0"?><!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><c>&x;</c>""").ShouldContain("DTD");

    [Fact]
    public void refuses_entities_that_grow() =>
        Failure("""<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><c>&c;</c>""").ShouldContain("DTD");

    [Fact]
    public void refuses_what_is_nested_too_deep() =>
        Failure(Of(string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000)))).ShouldContain("nested deeper than 200");

    [Fact]
    public void refuses_what_is_too_long() => Failure(Of($"<a>{new string('x', 9_000_000)}</a>")).ShouldContain("not XML that can be read");

    [Fact]
    public void refuses_more_content_than_a_command_carries() => Failure(Of($"<a>{new string('x', 5_000_000)}</a>")).ShouldContain("4194304 bytes");

    [Theory]
    [InlineData("", "Root element is missing")]
    [InlineData("<bns:Component", "not XML that can be read")]
    [InlineData("<project/>", "is not a component: its root is project")]
    [InlineData("""<Component xmlns="http://other.example.com/" name="n" type="process"/>""", "is not a component")]
    [InlineData("""<Component xmlns="http://api.platform.boomi.com/" type="process"><object/></Component>""", "has no name")]
    [InlineData("""<Component xmlns="http://api.platform.boomi.com/" name="n"><object/></Component>""", "has no type")]
    [InlineData("""<Component xmlns="http://api.platform.boomi.com/" name="n" type="process"/>""", "has no object element")]
    [InlineData("""<Component xmlns="http://api.platform.boomi.com/" name="n" type="process" componentId="17"><object/></Component>""", "the componentId 17")]
    public void says_what_is_wrong(string xml, string reason) => Failure(xml).ShouldContain(reason);
}
