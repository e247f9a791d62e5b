using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Environments;

public sealed class Attaching_to_environments : Situation
{
    public Attaching_to_environments() => Given(
        Connection(Crm), Process(P, Crm), Process(Q, Crm), Atom(A), Atom(B), UseEnvironments(true),
        Environment(Dev, Classification.Test, order: 1, name: "Dev"), Environment(Live, Classification.Production, order: 2, name: "Live"));

    [Fact, Covers("R55", "R5")]
    public void an_atom_before_anything_is_there_only_says_where_it_is()
    {
        When(AtomInto(Dev, A));
        Then(new AtomAttachedToEnvironment { AtomId = A, EnvironmentId = Dev, EnvironmentName = "Dev", Classification = Classification.Test });
    }

    [Fact, Covers("R56", "R5")]
    public void a_process_attaches_it_to_every_atom_there()
    {
        Given(AtomInto(Dev, A), AtomInto(Dev, B));
        When(ProcessInto(Dev, P));
        Then(
            new ProcessAttachedToEnvironment { ProcessId = P, EnvironmentId = Dev, EnvironmentName = "Dev", Classification = Classification.Test },
            new AtomAttached { ProcessId = P, AtomId = A, EnvironmentId = Dev },
            new AtomAttached { ProcessId = P, AtomId = B, EnvironmentId = Dev });
    }

    [Fact, Covers("R56", "R4")]
    public void makes_effective_at_once_what_is_current_there()
    {
        Given(ProcessInto(Dev, P), DeployTo(Dev, P), DeployTo(Live, P));
        When(AtomInto(Dev, A));
        Then<AtomAttached>(attached => (attached.EffectiveVersion, attached.Audit!.NetNew.Single()).ShouldBe((1, new LicencePair(Crm, A))));
    }

    [Fact, Covers("#5")]
    public void twice_changes_nothing()
    {
        Given(AtomInto(Dev, A), ProcessInto(Dev, P));
        When(AtomInto(Dev, A));
        Then();
        When(ProcessInto(Dev, P));
        Then();
        When(AtomOutOf(Live, A));
        Then();
        When(ProcessOutOf(Live, P));
        Then();
    }

    [Fact, Covers("R55", "R34")]
    public void an_atom_that_is_in_another_moves_and_changes_its_pools()
    {
        Given(ProcessInto(Dev, P), ProcessInto(Live, P), ProcessInto(Dev, Q), AtomInto(Dev, A), DeployTo(Dev, P), DeployTo(Dev, Q), Promote(P, 1, Live));
        Picture.Pool(ConnectorClass.Standard, Classification.Test).Used.ShouldBe(1);

        When(AtomInto(Live, A));

        Decision.Events.Select(@event => @event.GetType()).ShouldBe([typeof(AtomDetached), typeof(AtomDetached), typeof(AtomAttachedToEnvironment), typeof(AtomAttached)]);
        Then<AtomAttachedToEnvironment>(moved => (moved.FormerEnvironmentId, moved.FormerEnvironmentName, moved.Classification).ShouldBe((Dev, "Dev", Classification.Production)));
        Then<AtomAttached>(attached => (attached.ProcessId, attached.EnvironmentId, attached.EffectiveVersion).ShouldBe((P, Live, 1)));
        Decision.Events.OfType<AtomDetached>().SelectMany(detached => detached.LicencesFreed).ShouldBe([new FreedLicence(ConnectorClass.Standard, Classification.Test, Crm, A)]);
        Picture.Pool(ConnectorClass.Standard, Classification.Test).Used.ShouldBe(0);
        Picture.Pool(ConnectorClass.Standard).Used.ShouldBe(1);
    }

    [Fact, Covers("R34", "R55", "#3")]
    public void an_atom_where_its_new_pool_is_exceeded_is_refused_and_it_stays_where_it_is()
    {
        Given(ProcessInto(Dev, P), ProcessInto(Live, P), AtomInto(Dev, A), DeployTo(Dev, P), Promote(P, 1, Live), Purchase(0, test: 1));
        When(AtomInto(Live, A));
        var pool = Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>().Pools.ShouldHaveSingleItem();
        (pool.Classification, pool.Needed, pool.Available).ShouldBe((Classification.Production, 1, 0));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<EnvironmentAttachmentRefused>().EnvironmentId.ShouldBe(Live);
        Picture.Environments[Dev].Atoms.ShouldBe([A]);
    }

    [Fact, Covers("R34", "#3")]
    public void a_process_beyond_the_test_licences_is_refused_with_who_holds_them()
    {
        Given(Connection(Erp), Process(Q, Erp), AtomInto(Dev, A), ProcessInto(Dev, Q), DeployTo(Dev, Q), DeployTo(Dev, P), Purchase(5, test: 1));
        When(ProcessInto(Dev, P));
        var details = Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>();
        details.Holders.ShouldHaveSingleItem().ProcessIds.ShouldBe([Q]);
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<AttachmentRefused>().EnvironmentId.ShouldBe(Dev);
        When(ProcessInto(Live, P));
        Then<ProcessAttachedToEnvironment>(attached => attached.EffectiveVersion.ShouldBeNull());
    }

    [Fact, Covers("R6", "R7", "R8")]
    public void and_detaching_a_process_ends_it_on_every_atom_there_and_keeps_what_is_current()
    {
        Given(AtomInto(Dev, A), AtomInto(Live, B), ProcessInto(Dev, P), ProcessInto(Live, P), DeployTo(Dev, P), Promote(P, 1, Live));
        When(ProcessOutOf(Dev, P));
        Then<AtomDetached>(detached => (detached.AtomId, detached.EnvironmentId, detached.FormerVersion, detached.LicencesFreed.Count).ShouldBe((A, Dev, 1, 1)));
        Picture.Deployments[B].ShouldHaveSingleItem();
        When(ProcessInto(Dev, P));
        Then<AtomAttached>(attached => attached.EffectiveVersion.ShouldBe(1));
    }

    [Fact, Covers("R6")]
    public void and_detaching_an_atom_frees_what_its_processes_shared_once()
    {
        Given(AtomInto(Dev, A), ProcessInto(Dev, P), ProcessInto(Dev, Q), DeployTo(Dev, P), DeployTo(Dev, Q));
        When(AtomOutOf(Dev, A));
        Decision.Events.Select(@event => @event.GetType()).ShouldBe([typeof(AtomDetached), typeof(AtomDetached), typeof(AtomDetachedFromEnvironment)]);
        Decision.Events.OfType<AtomDetached>().Select(detached => detached.LicencesFreed.Count).ShouldBe([0, 1]);
    }

    [Fact, Covers("R55")]
    public void keeps_an_environment_from_being_deleted()
    {
        Given(AtomInto(Dev, A));
        When(DeleteEnvironment(Dev));
        Refused(RefusalCodes.EnvironmentInUse).Details.ShouldBeOfType<InUseDetails>().AttachedAtomIds.ShouldBe([A]);
        Given(AtomOutOf(Dev, A), ProcessInto(Dev, P));
        When(DeleteEnvironment(Dev));
        Refused(RefusalCodes.EnvironmentInUse).Details.ShouldBeOfType<InUseDetails>().AttachedProcessIds.ShouldBe([P]);
        Given(ProcessOutOf(Dev, P), DeleteEnvironment(Dev));
        When(AtomInto(Dev, A));
        Refused(RefusalCodes.UnknownEnvironment);
    }

    [Fact, Covers("#14")]
    public void an_atom_that_is_deleted_leaves_its_environment()
    {
        Given(AtomInto(Dev, A), ProcessInto(Dev, P), DeployTo(Dev, P));
        When(Say.DeleteAtom(A));
        Refused(RefusalCodes.AtomInUse);
        When(Say.DeleteAtom(A, force: true));
        Decision.Events.Select(@event => @event.GetType()).ShouldBe([typeof(AtomDetached), typeof(AtomDetachedFromEnvironment), typeof(AtomDeleted)]);
        Picture.Environments[Dev].Atoms.ShouldBeEmpty();
    }

    [Fact, Covers("R18")]
    public void a_process_that_runs_there_cannot_be_deleted_and_one_that_does_not_leaves()
    {
        Given(AtomInto(Live, A), ProcessInto(Live, P), DeployTo(Live, P), ProcessInto(Dev, Q), AtomInto(Dev, B));
        When(Delete(P));
        Refused(RefusalCodes.StillDeployed);
        When(Delete(Q));
        Decision.Events.Select(@event => @event.GetType()).ShouldBe([typeof(AtomDetached), typeof(ProcessDetachedFromEnvironment), typeof(ComponentDeleted)]);
    }
}
