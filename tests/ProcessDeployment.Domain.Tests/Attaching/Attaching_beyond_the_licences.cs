using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Attaching;

public sealed class Attaching_beyond_the_licences : Situation
{
    public Attaching_beyond_the_licences() =>
        Given(Connection(Crm), Connection(Erp), Process(P, Crm, Erp), Atom(A), Atom(B), Atom(C), Purchase(4), Attach(P, A), Deploy(P));

    [Fact, Covers("#3", "#4")]
    public void attaches_none_of_the_atoms()
    {
        When(Attach(P, B, C));
        Refused(RefusalCodes.LicenceExceeded);
        Then(picture => picture.Processes[P].Atoms.ShouldBe([A]));
    }

    [Fact, Covers("#3", "#4")]
    public void lists_pool_needed_available_net_new_pairs_and_holders()
    {
        When(Attach(P, B, C));
        var details = Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>();
        details.Pools.ShouldBe([new(ConnectorClass.Standard, Classification.Production, Purchased: 4, Used: 2, Needed: 4, Available: 2)]);
        details.NetNew.ShouldBe([new(Crm, B), new(Crm, C), new(Erp, B), new(Erp, C)]);
        details.Holders.Select(holder => (holder.ComponentId, holder.AtomId)).ShouldBe([(Crm, A), (Erp, A)]);
        details.Holders.ShouldAllBe(holder => holder.ProcessIds.SequenceEqual(new[] { P }));
    }

    [Fact, Covers("#3")]
    public void keeps_the_attempt()
    {
        When(Attach(P, B, C, B));
        var attempt = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<AttachmentRefused>();
        attempt.AtomIds.ShouldBe([B, C]);
        attempt.Code.ShouldBe(RefusalCodes.LicenceExceeded);
        attempt.Details.ShouldBeOfType<LicenceExceededDetails>();
    }

    [Fact, Covers("#4")]
    public void audits_the_total_though_each_alone_would_fit()
    {
        When(Attach(P, B));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void says_in_each_event_only_the_pairs_of_its_atom()
    {
        Given(Purchase(6));
        When(Attach(P, B, C));
        var attached = Decision.Events.Cast<AtomAttached>().ToList();
        attached[0].Audit!.NetNew.ShouldBe([new(Crm, B), new(Erp, B)]);
        attached[1].Audit!.NetNew.ShouldBe([new(Crm, C), new(Erp, C)]);
        attached.ShouldAllBe(each => each.Audit!.Pools.Single().UsedAfter == 6);
    }

    [Fact]
    public void names_at_most_ten_processes_of_a_holder()
    {
        var processes = Enumerable.Range(1000, 11).Select(Id).ToArray();
        Given([.. processes.Select(id => Process(id, Crm)), .. processes.Select(id => Attach(id, A)), DeployAll(processes), Purchase(0)]);
        When(Attach(P, B));
        Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>().Holders[0].ProcessIds.Count.ShouldBe(10);
    }

    [Fact]
    public void names_at_most_a_hundred_holders()
    {
        var connections = Enumerable.Range(1000, 101).Select(Id).ToArray();
        Given(Purchase(200), Process(Q, connections[..60]), Process(Child, connections[60..]), Attach(Q, A), Attach(Child, A));
        Given([.. connections.Select(id => Connection(id))]);
        Given(Deploy(Q), Deploy(Child), Purchase(0));
        When(Attach(P, B));
        Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>().Holders.Count.ShouldBe(100);
    }
}
