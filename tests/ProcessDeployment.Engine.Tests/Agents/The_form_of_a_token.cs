using ProcessDeployment.Engine.Agents;

namespace ProcessDeployment.Engine.Tests.Agents;

public sealed class The_form_of_a_token
{
    private static readonly string Token = AtomToken.New("acme", Guid.CreateVersion7()).Text;

    [Fact]
    public void is_what_it_was_made_in() => AtomToken.TryParse(Token, out _).ShouldBeTrue();

    /// <summary>Found by throwing garbage at it: the framework takes space around an id for nothing.</summary>
    [Theory]
    [InlineData("\t")]
    [InlineData(" ")]
    [InlineData("\n")]
    public void has_no_space_in_it(string space)
    {
        for (var dot = Token.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = Token.IndexOf('.', dot + 1))
        {
            AtomToken.TryParse(Token.Insert(dot, space), out _).ShouldBeFalse();
            AtomToken.TryParse(Token.Insert(dot + 1, space), out _).ShouldBe(dot == Token.LastIndexOf('.'), "the secret is what was made, and its hash another one");
        }
    }
}
