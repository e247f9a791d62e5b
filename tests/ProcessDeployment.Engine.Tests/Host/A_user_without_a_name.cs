using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Tests.Host;

public sealed class A_user_without_a_name
{
    [Theory]
    [InlineData("", "operator")]
    [InlineData(" ", "operator")]
    [InlineData("kim", "kim")]
    public void acts_as_operator(string userName, string actor) => EngineOptions.ActorOf(userName).ShouldBe(actor);
}
