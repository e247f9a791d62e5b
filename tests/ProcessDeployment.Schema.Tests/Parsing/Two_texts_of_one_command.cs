using System.Buffers;
using System.Text;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Schema.Tests.Parsing;

public sealed class Two_texts_of_one_command
{
    [Theory]
    [InlineData("""{"note":"Größe 1/2","processId":"{id}","actor":"kim","accountId":"acme"}""")]
    [InlineData("""{ "accountId" : "acme", "actor":"kim",  "processId":"{ID}", "note":"Gr\u00f6\u00DFe 1\/2", "reason":null }""")]
    public void have_one_fingerprint(string data) =>
        Texts.Fingerprint(Texts.DeployEvent(data.Replace("{id}", Texts.Id, StringComparison.Ordinal).Replace("{ID}", Texts.Id.ToUpperInvariant(), StringComparison.Ordinal)))
            .ShouldBe(Texts.Fingerprint(Texts.DeployEvent($$"""{"processId":"{{Texts.Id}}","note":"Größe 1/2"}"""), new("acme", "kim")));

    [Theory]
    [InlineData("acme", "kim", "b")]
    [InlineData("acme", "sam", "a")]
    [InlineData("beta", "kim", "a")]
    public void that_differ_in_a_value_have_two(string account, string actor, string note) =>
        Texts.Fingerprint(Texts.DeployEvent($$"""{"processId":"{{Texts.Id}}","note":"{{note}}"}"""), new(account, actor))
            .ShouldNotBe(Texts.Fingerprint(Texts.DeployEvent($$"""{"processId":"{{Texts.Id}}","note":"a"}"""), new("acme", "kim")));

    [Fact]
    public void of_different_types_have_two() =>
        Fingerprint.Of(new DeleteComponent { ComponentId = Guid.Empty }).ShouldNotBe(Fingerprint.Of(new RestoreComponent { ComponentId = Guid.Empty }));

    /// <summary>Fingerprints are stored for ever. If this fails, a repeated command would be taken for another one: mend the code, not the test.</summary>
    [Fact]
    public void have_the_fingerprint_they_have_had_since_the_first_release()
    {
        var command = Texts.Accepted(Texts.Event("save-component", $$"""
            {"componentId":"{{Texts.Id}}","componentType":"process","name":"Bestellung \"A\" 😀","folder":"Vertrieb/Aufträge","startStep":"schedule",
             "references":[{"kind":"dependent","componentId":"AAAAAAAA-7c2a-7b1e-9d54-3f2a6c1b0e9d"}],"connector":{"type":"http","class":"smallBusiness"},
             "extensions":[{"key":"k","label":"l","secret":false}],"content":"<a>\n\t\u0001\u007f\u2028</a>","actor":"kim","accountId":"acme"}
            """)).Command;
        var canonical = new ArrayBufferWriter<byte>();
        Fingerprint.WriteCanonical(command, canonical);

        Encoding.UTF8.GetString(canonical.WrittenSpan).ShouldBe(
            """{"data":{"accountId":"acme","actor":"kim","componentId":"01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d","componentType":"process","connector":{"class":"smallBusiness","type":"http"},"content":"<a>\n\t\u0001"""
            + "\u007f\u2028"
            + """</a>","extensions":[{"key":"k","label":"l","secret":false}],"folder":"Vertrieb/Aufträge","name":"Bestellung \"A\" 😀","references":[{"componentId":"aaaaaaaa-7c2a-7b1e-9d54-3f2a6c1b0e9d","kind":"dependent"}],"startStep":"schedule"},"type":"processdeployment.save-component.v1"}""");
        Convert.ToHexStringLower(Fingerprint.Of(command)).ShouldBe("5d6912a3cd3550f614ddb5c9731d3b152657c02d1da7c95fc4bbdcd54fb372c1");
    }
}
