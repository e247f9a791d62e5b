using System.Reflection;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Engine.Tests.Redaction;

public sealed class Where_personal_data_may_be
{
    public static TheoryData<Type, string> Texts => [.. from known in PersonalData.Texts from text in known.Value select (known.Key, text)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void are_texts_that_the_events_have(Type type, string path)
    {
        var here = path.Split('.').Aggregate(type, (at, part) => part == "*"
            ? at.GetGenericArguments().ShouldHaveSingleItem()
            : at.GetProperties(BindingFlags.Public | BindingFlags.Instance).Single(property => string.Equals(property.Name, part, StringComparison.OrdinalIgnoreCase)).PropertyType);

        here.ShouldBe(typeof(string));
    }

    [Theory]
    [InlineData("manifest.0.name", true)]
    [InlineData("manifest.10.name", true)]
    [InlineData("manifest.010.name", false)]
    [InlineData("manifest.00.name", false)]
    [InlineData("manifest.*.name", false)]
    [InlineData("manifest.٣.name", false)]
    [InlineData("manifest..name", false)]
    public void is_said_in_one_way_only(string path, bool isText) => PersonalData.IsText(typeof(VersionDeployed), path.Split('.')).ShouldBe(isText);

    [Fact]
    public void are_none_that_others_depend_on() =>
        PersonalData.Texts.Values.SelectMany(texts => texts).Select(text => text.Split('.')[^1]).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["description", "detail", "environmentName", "folder", "formerEnvironmentName", "hostName", "label", "logTail", "message", "name", "note", "url", "value"]);
}
