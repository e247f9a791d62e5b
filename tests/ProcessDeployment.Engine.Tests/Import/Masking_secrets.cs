using static ProcessDeployment.Engine.Tests.Import.ComponentXml;

namespace ProcessDeployment.Engine.Tests.Import;

public sealed class Masking_secrets
{
    private const string Secret = "s3cr3t-4b7c1f";

    [Theory]
    [InlineData("//DatabaseConnectionSettings/@password", """<DatabaseConnectionSettings password="SECRET" host="db"/>""")]
    [InlineData("//HttpSettings/AuthSettings/@hidden", """<HttpSettings><AuthSettings hidden="SECRET"/></HttpSettings>""")]
    [InlineData("//GenericConnectionConfig/field[@type='secret']", """<GenericConnectionConfig><field type="secret" value="SECRET"/></GenericConnectionConfig>""")]
    [InlineData("//GenericConnectionConfig/field[@type='customproperties']/customProperties/properties[@encrypted='true']/@value", """<GenericConnectionConfig><field type="customproperties"><customProperties><properties encrypted="true" key="k" value="SECRET"/></customProperties></field></GenericConnectionConfig>""")]
    [InlineData("//Settings/hidden/text()", "<Settings><hidden>SECRET</hidden></Settings>")]
    [InlineData("//Settings/hidden[2]", "<Settings><hidden>x</hidden><hidden>SECRET</hidden></Settings>")]
    public void masks_what_the_export_lists_as_encrypted(string path, string definition) =>
        Content(definition, $"""<bns:encryptedValue isSet="true" path="{path}"/>""").ShouldContain("***");

    [Theory]
    [InlineData("""<field id="flow" type="password" value="SECRET"/>""")]
    [InlineData("""<properties encrypted="true" key="k" value="SECRET"/>""")]
    [InlineData("""<parametervalue usesEncryption="true"><staticparameter staticproperty="SECRET"/></parametervalue>""")]
    [InlineData("""<definedProcessProperty key="k"><type>password</type><defaultValue>SECRET</defaultValue></definedProcessProperty>""")]
    [InlineData("""<AuthSettings user="u" password="SECRET"/>""")]
    [InlineData("""<credentials clientId="c" clientSecret="SECRET"/>""")]
    [InlineData("""<OAuth consumerSecret="SECRET"/>""")]
    [InlineData("<awsSecretKey>SECRET</awsSecretKey>")]
    [InlineData("""<properties encrypted="false" key="apiKey" value="SECRET"/>""")]
    public void masks_what_is_marked_or_called_a_secret_although_it_is_not_listed(string definition) => Content(definition, "").ShouldContain("***");

    [Theory]
    [InlineData("""<Settings accessTokenURL="https://id.example.com/token" passwordRequired="true" password=""/>""")]
    [InlineData("""<AS2MessageOptions encrypted="true" signed="true"/>""")]
    public void leaves_the_rest_as_it_is(string definition) => Read(Of(definition, "connector-settings")).Content.ShouldNotContain("***");

    [Fact]
    public void sees_no_change_when_a_secret_is_encrypted_anew() =>
        Read(Of("""<A password="one"/>""")).Component.ContentHash.ShouldBe(Read(Of("""<A password="two"/>""")).Component.ContentHash);

    [Theory]
    [InlineData("string-length(//secret)")]
    [InlineData("//*[count(//*[count(//*) > 1]) > 1] | //b")]
    [InlineData("//a/@b/c")]
    public void sends_nothing_when_it_does_not_understand_where_the_secret_is(string path) =>
        Failure(Of("<A/>", encrypted: $"""<bns:encryptedValue isSet="true" path="{path.Replace(">", "&gt;", StringComparison.Ordinal)}"/>""")).ShouldContain(path);

    private static string Content(string definition, string encrypted)
    {
        var content = Read(Of(definition.Replace("SECRET", Secret, StringComparison.Ordinal), "connector-settings", encrypted: encrypted)).Content;
        content.ShouldNotContain(Secret);
        return content;
    }
}
