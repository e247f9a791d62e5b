using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Environments;

public sealed class Managing_environments : Situation
{
    public Managing_environments() => Given(Environment(Dev, Classification.Test, order: 1, name: "Dev"));

    [Fact, Covers("R54")]
    public void makes_one_with_its_classification()
    {
        When(Environment(Live, Classification.Production, order: 2, name: "Live"));
        Then(new EnvironmentCreated { EnvironmentId = Live, Name = "Live", Classification = Classification.Production, Order = 2 });
    }

    [Fact]
    public void never_makes_one_twice_not_even_after_it_was_deleted()
    {
        When(Environment(Dev));
        Refused(RefusalCodes.EnvironmentExists).Message.ShouldNotContain("deleted");
        Given(DeleteEnvironment(Dev));
        When(Environment(Dev));
        Refused(RefusalCodes.EnvironmentExists).Message.ShouldContain("deleted");
    }

    [Fact]
    public void changes_name_and_place_and_says_both_as_they_are()
    {
        When(Update(Dev, name: "Trial"));
        Then(new EnvironmentUpdated { EnvironmentId = Dev, Name = "Trial", Order = 1 });
        When(Update(Dev, order: 5));
        Then(new EnvironmentUpdated { EnvironmentId = Dev, Name = "Trial", Order = 5 });
        When(Update(Dev, "Trial", 5));
        Then();
    }

    [Fact, Covers("R54")]
    public void never_changes_the_classification()
    {
        When(Update(Dev, name: "Live", classification: Classification.Production));
        Refused(RefusalCodes.ClassificationChanged);
        When(Update(Dev, name: "Live", classification: Classification.Test));
        Then<EnvironmentUpdated>(updated => updated.Name.ShouldBe("Live"));
    }

    [Fact]
    public void deletes_one_once()
    {
        When(DeleteEnvironment(Dev));
        Then(new EnvironmentDeleted { EnvironmentId = Dev, Name = "Dev" });
        When(DeleteEnvironment(Dev));
        Then();
        When(Update(Dev, name: "Dev again"));
        Refused(RefusalCodes.UnknownEnvironment).Details.ShouldBe(new EnvironmentDetails(Dev));
    }

    [Fact]
    public void of_one_that_nobody_made_is_refused()
    {
        When(DeleteEnvironment(Nobody));
        Refused(RefusalCodes.UnknownEnvironment);
        When(Update(Nobody, name: "Somewhere"));
        Refused(RefusalCodes.UnknownEnvironment);
    }

    [Theory, Covers("R55")]
    [InlineData(80, 0)]
    [InlineData(81, 1)]
    public void lets_a_name_have_eighty_characters(int length, int errors) =>
        Environment(Live, name: new('n', length)).Check().Count().ShouldBe(errors);

    [Fact]
    public void with_nothing_to_change_is_malformed() => Update(Dev).Check().ShouldHaveSingleItem().Member.ShouldBe("name");
}
