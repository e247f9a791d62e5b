using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Attachments;

public sealed class Setting_extensions : Situation
{
    private static readonly SaveComponent Declared = Process(P).Declaring("url", "secret", "size");

    public Setting_extensions() => Given(Declared, Atom(A), Atom(B), Attach(P, A), Deploy(P));

    private IEnumerable<string> Values => Account.Attachments[new(P, A)]!.ExtensionValues().Select(value => $"{value.Key} {(value.UseDefault ? "default" : value.Secret ? "secret" : value.Value)}");

    [Fact, Covers("R51", "R52", "#67")]
    public void says_the_new_values_in_one_event_and_of_a_secret_only_that_it_changed()
    {
        When(Extend(P, A, ("url", "https://one"), ("secret", "hunter2")));

        Then(new ExtensionValuesSet
        {
            ProcessId = P,
            AtomId = A,
            VersionNumber = 1,
            Values = [new("url", Secret: false, "https://one", UseDefault: false), new("secret", Secret: true, Value: null, UseDefault: false)],
            Cleared = [],
        });
        Json.Of(Decision).ShouldNotContain("hunter2");
    }

    [Fact, Covers("R51")]
    public void as_a_patch_leaves_the_others_alone()
    {
        Given(Extend(P, A, ("url", "https://one"), ("size", "3")));
        When(Extend(P, A, ("size", "4")));
        Values.ShouldBe(["size 4", "url https://one"]);
    }

    [Fact, Covers("R51")]
    public void as_a_whole_takes_away_what_is_not_named()
    {
        Given(Extend(P, A, ("url", "https://one"), ("secret", "hunter2"), ("size", "3")));
        When(Extend(P, A, ("url", "https://one")) with { Partial = false });
        Then<ExtensionValuesSet>(set => (set.Values.Count, string.Join(' ', set.Cleared)).ShouldBe((0, "secret size")));
        Values.ShouldBe(["url https://one"]);
    }

    [Fact, Covers("R51")]
    public void to_the_default_needs_no_value()
    {
        Given(Extend(P, A, ("url", "https://one")));
        When(new SetExtensions { ProcessId = P, AtomId = A, Values = [new("url", UseDefault: true), new("secret", UseDefault: true)], Partial = true });
        Values.ShouldBe(["secret default", "url default"]);
    }

    [Fact]
    public void to_what_they_are_changes_nothing()
    {
        Given(Extend(P, A, ("url", "https://one")));
        When(Extend(P, A, ("url", "https://one")) with { Partial = false });
        Then();
    }

    [Fact, Covers("#67")]
    public void to_a_secret_is_always_a_change_since_nobody_can_tell()
    {
        Given(Extend(P, A, ("secret", "hunter2")));
        When(Extend(P, A, ("secret", "hunter2")));
        Decision.Events.ShouldHaveSingleItem();
    }

    [Fact, Covers("R48")]
    public void that_the_deployed_version_does_not_declare_is_refused()
    {
        Given(Declared.Declaring("url", "new"));
        When(Extend(P, A, ("new", "1"), ("url", "https://one")));
        Refused(RefusalCodes.UnknownExtension).Details.ShouldBeOfType<ExtensionsDetails>().Keys.ShouldBe(["new"]);
        Given(Deploy(P));
        When(Extend(P, A, ("new", "1"), ("url", "https://one")));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact, Covers("R48")]
    public void where_it_is_not_deployed_is_refused()
    {
        When(Extend(P, B, ("url", "https://one")));
        Refused(RefusalCodes.NotDeployed);
        Given(Process(Q).Declaring("url"), Attach(Q, A));
        When(Extend(Q, A, ("url", "https://one")));
        Refused(RefusalCodes.NotDeployed);
    }

    [Fact, Covers("R49")]
    public void of_a_bundled_child_is_for_its_own_deployment_only()
    {
        Given(Process(Child).Declaring("childs"), Process(Q, Child).Declaring("parents"), Attach(Q, A), Deploy(Q));
        When(Extend(Q, A, ("childs", "1")));
        Refused(RefusalCodes.UnknownExtension);
        Given(Extend(Q, A, ("parents", "1")), Attach(Child, A), Deploy(Child));
        When(Extend(Child, A, ("childs", "1")));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact, Covers("R50", "#66")]
    public void outlives_versions_and_what_one_does_not_declare_comes_back_with_another()
    {
        Given(Extend(P, A, ("url", "https://one"), ("size", "3")), Declared.Declaring("url"), Deploy(P));
        Values.ShouldBe(["size 3", "url https://one"]);
        When(Extend(P, A, ("url", "https://two")) with { Partial = false });
        Given(Redeploy(P, 1));
        Values.ShouldBe(["size 3", "url https://two"]);
    }

    [Fact, Covers("R53", "#10")]
    public void outlives_a_detachment()
    {
        Given(Extend(P, A, ("url", "https://one")), Detach(P, A), Attach(P, A));
        Values.ShouldBe(["url https://one"]);
    }

    [Fact, Covers("#45")]
    public void does_not_make_the_process_bold()
    {
        Given(Extend(P, A, ("url", "https://one")));
        Then(picture => picture.Processes[P].IsBold.ShouldBeFalse());
    }

    [Fact, Covers("#56")]
    public void needs_no_licence_beyond_that_of_the_connection()
    {
        Given(Purchase(1), Connection(Crm), Process(Q, Crm).Declaring("url"), Attach(Q, A), Deploy(Q), Extend(Q, A, ("url", "https://one")));
        Then(picture => picture.Pools.Single(pool => pool.Purchased == 1).Used.ShouldBe(1));
    }
}
