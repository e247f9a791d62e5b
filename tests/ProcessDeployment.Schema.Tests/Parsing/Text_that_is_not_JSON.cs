using System.Text;

namespace ProcessDeployment.Schema.Tests.Parsing;

public sealed class Text_that_is_not_JSON
{
    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData(" \r\n\t", "must not be empty")]
    [InlineData("hello", "is not valid JSON at line 1, byte 1")]
    [InlineData("{", "is not valid JSON")]
    [InlineData("{'a':1}", "is not valid JSON")]
    [InlineData("// comment\n{}", "is not valid JSON")]
    [InlineData("null", "must be a CloudEvents object, it is null")]
    [InlineData("\"text\"", "must be a CloudEvents object, it is text")]
    public void is_refused_as_a_whole(string text, string words) => text.ShouldBeRefused("body", words);

    [Theory]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("\0")]
    public void after_the_command_is_refused(string garbage) => (Texts.DeployEvent() + garbage).ShouldBeRefused("body", "is not valid JSON");

    [Theory]
    [InlineData("{\"processId\":NaN}", "data.processId")]
    [InlineData("{\"expectedVersion\":01}", "data.expectedVersion")]
    [InlineData("{\"expectedVersion\":-Infinity}", "data.expectedVersion")]
    [InlineData("{\"expectedVersion\":0x1}", "data.expectedVersion")]
    [InlineData("{\"note\":\"a\nb\"}", "data.note")]
    [InlineData("{\"note\":\"\\x\"}", "data.note")]
    [InlineData("{\"note\":\"\\u12\"}", "data.note")]
    [InlineData("{\"note\":\"a\",}", "data")]
    [InlineData("{\"note\":\"open", "data.note")]
    public void is_named_by_the_member_it_stands_in(string data, string member) => Texts.DeployEvent(data).ShouldBeRefused(member, "is not valid JSON at line 1");

    [Fact]
    public void because_it_is_no_UTF_8_is_refused()
    {
        var text = Encoding.UTF8.GetBytes(Texts.DeployEvent());
        text[^30] = 0xC3;
        text.ShouldBeRefused("body", "must be UTF-8");
    }

    [Fact]
    public void because_it_is_UTF_16_is_refused() => Encoding.Unicode.GetBytes(Texts.DeployEvent()).ShouldBeRefused("body", "is not valid JSON");

    [Fact]
    public void because_of_a_byte_order_mark_is_refused()
    {
        byte[] text = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Texts.DeployEvent())];
        text.ShouldBeRefused("body", "must not start with a byte order mark");
    }

    [Fact]
    public void because_of_an_encoded_surrogate_is_refused()
    {
        var text = Encoding.UTF8.GetBytes(Texts.DeployEvent($$"""{"processId":"{{Texts.Id}}","note":"abc",{{Texts.Owner}}}"""));
        var at = text.AsSpan().IndexOf("abc"u8);
        ((byte[])[0xED, 0xA0, 0x80]).CopyTo(text, at);
        text.ShouldBeRefused("body", "must be UTF-8");
    }
}
