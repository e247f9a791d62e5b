using System.Text;
using System.Text.Json;
using System.Xml;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

/// <summary>What the fuzz targets of the platform API found, each under its name.</summary>
public sealed class Reading_and_writing_what_is_unusual
{
    [Fact]
    public void a_carriage_return_is_the_same_after_a_way_through_XML()
    {
        var sent = new WireObject("ProcessProperty") { ["componentId"] = "a\rb", ["ProcessPropertyValue"] = new List<object> { new WireObject("ProcessPropertyValue") { ["key"] = "k", ["value"] = "one\r\ntwo\rthree\n" } } };
        var (text, errors) = (new MemoryStream(), new List<MemberError>());
        using (var xml = XmlWriter.Create(text, PlatformForm.XmlSettings)) XmlForm.Write(xml, sent);

        var read = XmlForm.Read(XmlForm.Parse(text.ToArray()), sent.Type, errors);

        errors.ShouldBeEmpty();
        read.Text("componentId").ShouldBe("a\rb");
        read.Objects("ProcessPropertyValue").Single().Text("value").ShouldBe("one\r\ntwo\rthree\n");
    }

    [Fact]
    public void a_body_of_mistakes_is_answered_with_the_first_of_them()
    {
        var (body, errors) = ($"{{{string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"\"{n}\":1"))}}}", new List<MemberError>());
        using var json = JsonForm.Parse(Encoding.UTF8.GetBytes(body));

        JsonForm.Read(json.RootElement, WireType.Of("ExecutionRecord"), errors);

        errors.Count.ShouldBe(PlatformException.MostErrors);
    }

    [Fact]
    public void a_member_with_a_long_name_is_told_in_short()
    {
        var told = Should.Throw<PlatformException>(() => PlatformException.ThrowIf([new(new string('x', 100_000), "is no field")])).Problem;

        told.Errors!.Single().Member.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public void a_character_of_two_halves_is_shown_whole_or_not_at_all() =>
        JsonSerializer.Serialize(WireValue.Shown($"{new string('y', 59)}𝄞 and more")).ShouldNotContain("FFFD");

    [Fact]
    public void a_key_of_an_extension_that_is_only_its_kind_is_none() => Engine.AtomSphere.Objects.ExtensionKey.Read("property").ShouldBeNull();

    /// <summary>In the token it stands deeper than it did in the query.</summary>
    [Theory]
    [InlineData(15)]
    [InlineData(Filter.DeepestGroup)]
    public void the_deepest_filter_can_be_gone_on_with(int depth)
    {
        Filter filter = new Filter.Condition("name", FilterOperator.EQUALS, ["Orders"]);
        for (var groups = 1; groups < depth; groups++) filter = new Filter.Group(All: true, [filter]);
        var (source, errors) = (Engine.AtomSphere.Objects.ProcessObject.Object.Source!, new List<MemberError>());
        var token = new QueryToken(filter, [Guid.Empty], 12).Write("Process", "acme");

        var read = QueryToken.Read(token, "Process", "acme", source, errors);

        errors.ShouldBeEmpty();
        read!.Write("Process", "acme").ShouldBe(token);
    }
}
