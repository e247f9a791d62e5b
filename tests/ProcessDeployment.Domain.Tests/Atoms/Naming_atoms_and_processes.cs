using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Atoms;

public sealed class Naming_atoms_and_processes : Situation
{
    public Naming_atoms_and_processes() => Given(Process(P) with { Name = "Orders" }, Atom(A, "Berlin"), Attach(P, A), Deploy(P));

    [Fact]
    public void an_atom_takes_the_defaults()
    {
        When(Atom(B, "Paris"));
        Then(new AtomRegistered { AtomId = B, Name = "Paris", AtomType = AtomType.Atom, TimeZone = "UTC" });
    }

    [Fact]
    public void an_atom_is_registered_once()
    {
        When(Atom(A));
        Refused(RefusalCodes.AtomExists);
    }

    [Fact, Covers("#37")]
    public void a_renamed_process_has_todays_name_in_lists_and_its_old_one_in_the_version()
    {
        When(Process(P) with { Name = "Purchases" });
        Then(picture => picture.Processes[P].Name.ShouldBe("Purchases"));
        Then(picture => picture.Deployments[A].ShouldHaveSingleItem().Name.ShouldBe("Purchases"));
        Then(picture => picture.Versions[P].ShouldHaveSingleItem().Manifest.ShouldHaveSingleItem().Name.ShouldBe("Orders"));
    }

    [Fact, Covers("#37")]
    public void a_renamed_atom_keeps_its_deployments()
    {
        When(Rename(A, "Potsdam"));
        Then(new AtomRenamed { AtomId = A, Name = "Potsdam" });
        Then(picture => picture.Atoms[A].Name.ShouldBe("Potsdam"));
        Then(picture => picture.Deployments[A].Count.ShouldBe(1));
    }

    [Fact]
    public void the_same_name_changes_nothing()
    {
        When(Rename(A, "Berlin"));
        Then();
    }

    [Fact, Covers("#36")]
    public void an_unknown_or_deleted_atom_has_no_name_to_change()
    {
        When(Rename(Nobody, "x"));
        Refused(RefusalCodes.UnknownAtom);
        Given(DeleteAtom(A, force: true));
        When(Rename(A, "x"));
        Refused(RefusalCodes.UnknownAtom);
    }
}
