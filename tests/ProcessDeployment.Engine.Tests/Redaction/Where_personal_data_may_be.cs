using System.Reflection;
using ProcessDeployment.Domain;

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

    [Fact]
    public void are_none_that_others_depend_on() =>
        PersonalData.Texts.Values.SelectMany(texts => texts).Select(text => text.Split('.')[^1]).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["description", "detail", "environmentName", "folder", "formerEnvironmentName", "hostName", "label", "logTail", "message", "name", "note", "url", "value"]);
}
