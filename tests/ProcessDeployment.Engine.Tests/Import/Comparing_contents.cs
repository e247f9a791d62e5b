using static ProcessDeployment.Engine.Tests.Import.ComponentXml;

namespace ProcessDeployment.Engine.Tests.Import;

public sealed class Comparing_contents
{
    private const string Definition = "<process xmlns=\"\" a=\"1\" b=\"2\"><script>if (a)\n      b();</script></process>";

    [Fact]
    public void does_not_see_another_export_of_the_same_save() =>
        Hash(Of(Definition, attributes: $"""componentId="{Id}" version="2" name="N" modifiedDate="2026-01-01T00:00:00Z" currentVersion="true" folderId="x" branchName="main" """))
            .ShouldBe(Hash(Of(Definition, attributes: $"""componentId="{Id}" version="9" name="N" modifiedDate="2026-02-02T00:00:00Z" currentVersion="false" folderId="y" """)));

    [Fact]
    public void does_not_see_layout_comments_and_the_order_of_attributes() =>
        Hash(Of("""<process xmlns="" b="2" a="1"><!-- note --><x/> <y/></process>""")).ShouldBe(Hash(Of("""
            <process xmlns=""   a="1"
                b="2">
              <x></x>
              <y/>
            </process>
            """)));

    [Fact]
    public void sees_a_changed_value() => Hash(Of(Definition)).ShouldNotBe(Hash(Of(Definition.Replace("b=\"2\"", "b=\"3\"", StringComparison.Ordinal))));

    [Fact]
    public void sees_white_space_that_is_a_value() =>
        Hash(Of("""<a xmlns=""><separator> </separator></a>""")).ShouldNotBe(Hash(Of("""<a xmlns=""><separator></separator></a>""")));

    [Fact]
    public void keeps_the_hash_when_only_name_or_folder_changed() =>
        Hash(Of(Definition, attributes: """name="Old" folderName="A" """)).ShouldBe(Hash(Of(Definition, attributes: """name="New" folderName="B" """)));

    [Fact]
    public void writes_a_line_per_element_so_that_revisions_can_be_compared_line_by_line() =>
        Read(Of(Definition)).Content.Split('\n').ShouldContain("""    <process xmlns="" a="1" b="2">""");

    [Fact]
    public void keeps_text_as_it_is() => Read(Of(Definition)).Content.ShouldContain("if (a)\n      b();");

    private static string Hash(string xml) => Read(xml).Component.ContentHash;
}
