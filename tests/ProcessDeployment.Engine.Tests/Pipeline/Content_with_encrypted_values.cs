using System.Globalization;
using System.Text;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Tests.Pipeline;

public sealed class Content_with_encrypted_values
{
    [Theory]
    [InlineData("<c><encryptedValues><encryptedValue path=\"//auth/@password\"/></encryptedValues><auth password=\"s3cret\"/></c>")]
    [InlineData("<c><encryptedValues><encryptedValue path=\"count(//auth)>0 or id('auth')/@password\"/></encryptedValues><auth password=\"s3cret\"/></c>")]
    [InlineData("<c><field encrypted=\"true\" value=\"s3cret\"/></c>")]
    [InlineData("<c><field usesEncryption=\"true\" value=\"s3cret\"/></c>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?><c><field encrypted=\"true\" value=\"s3cret\"/></c>")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><c><field encrypted=\"true\" value=\"s3cret\"/></c>")]
    [InlineData("\n <c><field encrypted=\"true\" value=\"s3cret\"/></c>")]
    [InlineData("<c><x encrypted=\"true\">s3cret<child/></x></c>")]
    [InlineData("<c><x encrypted=\"true\"><child/><![CDATA[s3cret]]></x></c>")]
    [InlineData("<c xmlns=\"urn:c\" xmlns:p=\"urn:p\" xml:space=\"preserve\"><encryptedValue path=\"//@*\"/><auth p:word=\"s3cret\"/></c>")]
    public void is_masked_before_it_is_hashed(string content)
    {
        var stored = Stored(content);

        stored.Text!.ShouldNotContain("s3cret");
        stored.Hash.ShouldBe(Stored(content.Replace("s3cret", "another", StringComparison.Ordinal)).Hash);
    }

    [Theory]
    [InlineData("<c><field value=\"plain\"/></c>")]
    [InlineData("encrypted, but not XML")]
    [InlineData("{\"encrypted\":\"<a>\"}")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?><c>nothing is encrypted here</c>")]
    public void is_kept_as_it_is_where_nothing_is_marked(string content) => Stored(content).Text.ShouldBe(content);

    [Fact]
    public void is_not_kept_when_it_is_too_deep_to_be_read()
    {
        var deep = string.Concat(Enumerable.Repeat("<encrypted>", 300)) + string.Concat(Enumerable.Repeat("</encrypted>", 300));

        Stored(deep).Text.ShouldBe("***");
    }

    [Theory]
    [InlineData("<!DOCTYPE c><c><field encrypted=\"true\" value=\"s3cret\"/></c>")]
    [InlineData("<!DOCTYPE c [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><c><field encrypted=\"true\" value=\"s3cret\"/>&e;</c>")]
    [InlineData("<c/><c><field Encrypted=\"true\" value=\"s3cret\"/></c>")]
    [InlineData("<c><field encrypted=\"true\" value=\"s3cret\"></c>")]
    [InlineData("<?xml version=\"1.1\"?><c><field encrypted=\"true\" value=\"s3cret\"/></c>")]
    public void is_not_kept_when_it_looks_like_XML_and_cannot_be_read(string content) => Stored(content).Text.ShouldBe("***");

    [Theory]
    [InlineData("ISO-8859-1")]
    [InlineData("utf-16")]
    [InlineData("nonsense")]
    public void keeps_its_umlauts_whatever_encoding_it_declares(string encoding) =>
        Stored($"<?xml version=\"1.0\" encoding=\"{encoding}\"?><c name=\"Größe €\"><field encrypted=\"true\" value=\"s3cret\"/></c>").Text
            .ShouldBe("<c name=\"Größe €\"><field encrypted=\"true\" value=\"***\" /></c>");

    [Fact]
    public void keeps_what_lies_around_masked_text() =>
        Stored("<c>a<x encrypted=\"true\">\n s3cret<child>b</child>\n</x></c>").Text.ShouldBe("<c>a<x encrypted=\"true\">***<child>b</child>\n</x></c>");

    [Fact]
    public void at_one_place_listed_ten_thousand_times_is_masked_as_if_listed_once()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Stored($"<c>{Times(10_000, "<encryptedValue path=\"//*\"/>")}{Times(800_000, "<a/>")}<b>s3cret</b></c>").Text!.ShouldNotContain("s3cret");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024L * 1024 * 1024);
    }

    [Theory]
    [InlineData("//a[@k='{0}']")]
    [InlineData("//*[@k='{0}']//*")]
    [InlineData("//@a{0}")]
    public void is_not_kept_when_it_lists_more_places_than_can_be_looked_for(string path)
    {
        var paths = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<encryptedValue path=\"{string.Format(CultureInfo.InvariantCulture, path, i)}\"/>"));

        Stored($"<c>{paths}{Times(100_000, "<a k='1'/>")}</c>").Text.ShouldBe("***");
    }

    [Fact]
    public void is_not_kept_when_its_namespaces_would_take_minutes_to_write()
    {
        var declared = string.Concat(Enumerable.Range(0, 90_000).Select(i => string.Create(CultureInfo.InvariantCulture, $" xmlns:n{i}='u{i}' n{i}:value='s3cret'")));

        Stored($"<c encrypted='true'{declared}/>").Text.ShouldBe("***");
    }

    private static string Times(int count, string text) => new StringBuilder().Insert(0, text, count).ToString();

    private static StoredContent Stored(string content) =>
        StoredContent.Of(new SaveComponent { ComponentId = Guid.CreateVersion7(), ComponentType = "connector-settings", Name = "Shop", Content = content })!;
}
