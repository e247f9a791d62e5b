using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Tests.Pipeline;

public sealed class Content_with_encrypted_values
{
    [Theory]
    [InlineData("<c><encryptedValues><encryptedValue path=\"//auth/@password\"/></encryptedValues><auth password=\"s3cret\"/></c>")]
    [InlineData("<c><encryptedValues><encryptedValue path=\"count(//auth)>0 or id('auth')/@password\"/></encryptedValues><auth password=\"s3cret\"/></c>")]
    [InlineData("<c><field encrypted=\"true\" value=\"s3cret\"/></c>")]
    public void is_masked_before_it_is_hashed(string content)
    {
        var stored = Stored(content);

        stored.Text!.ShouldNotContain("s3cret");
        stored.Hash.ShouldBe(Stored(content.Replace("s3cret", "another", StringComparison.Ordinal)).Hash);
    }

    [Theory]
    [InlineData("<c><field value=\"plain\"/></c>")]
    [InlineData("encrypted, but not XML")]
    public void is_kept_as_it_is_where_nothing_is_marked(string content) => Stored(content).Text.ShouldBe(content);

    [Fact]
    public void is_not_kept_when_it_is_too_deep_to_be_read()
    {
        var deep = string.Concat(Enumerable.Repeat("<encrypted>", 300)) + string.Concat(Enumerable.Repeat("</encrypted>", 300));

        Stored(deep).Text.ShouldBe("***");
    }

    private static StoredContent Stored(string content) =>
        StoredContent.Of(new SaveComponent { ComponentId = Guid.CreateVersion7(), ComponentType = "connector-settings", Name = "Shop", Content = content })!;
}
