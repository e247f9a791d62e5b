using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Licences;

public sealed class Counting_connections : Situation
{
    public Counting_connections() => Given(Connection(Crm), Connection(Erp), Connection(Ftp), Atom(A), Atom(B));

    private int Used(ConnectorClass @class = ConnectorClass.Standard)
    {
        var used = Picture.Pool(@class).Used;
        Account.KnownLicences().Pool(new(@class, Classification.Production)).Used.ShouldBe(used, "the domain and the oracle count alike");
        return used;
    }

    [Fact, Covers("R28", "R29", "#60")]
    public void two_connections_on_two_atoms_are_four()
    {
        Given(Process(P, Crm, Erp), Attach(P, A, B), Deploy(P));
        Used().ShouldBe(4);
    }

    [Fact, Covers("R29", "#60")]
    public void two_processes_that_share_a_connection_on_an_atom_need_one()
    {
        Given(Process(P, Crm), Process(Q, Crm), Attach(P, A), Attach(Q, A), Deploy(P), Deploy(Q));
        Used().ShouldBe(1);
    }

    [Fact, Covers("R29")]
    public void a_copied_connection_counts_for_itself()
    {
        Given(Connection(Id(50)) with { Name = "Crm" }, Connection(Crm) with { Name = "Crm" }, Process(P, Crm, Id(50)), Attach(P, A), Deploy(P));
        Used().ShouldBe(2);
    }

    [Fact, Covers("R29")]
    public void ten_operations_on_one_connection_are_one()
    {
        var operations = Enumerable.Range(50, 10).Select(Id).ToArray();
        Given([.. operations.Select(id => Component(id, "connector-action", Crm))]);
        Given(Process(P, operations), Attach(P, A), Deploy(P));
        Used().ShouldBe(1);
    }

    [Fact, Covers("R30")]
    public void those_of_bundled_children_count_for_the_parent()
    {
        Given(Process(Child, Crm), Process(P, Child), Attach(P, A), Deploy(P));
        Used().ShouldBe(1);
        Picture.Pool(ConnectorClass.Standard).Connections[0].ProcessIds.ShouldBe([P]);
        Given(Attach(Child, A), Deploy(Child));
        Used().ShouldBe(1);
        Picture.Pool(ConnectorClass.Standard).Connections[0].ProcessIds.ShouldBe([P, Child]);
    }

    [Fact, Covers("#59")]
    public void a_child_bundled_in_two_parents_on_one_atom_counts_once()
    {
        Given(Process(Child, Crm), Process(P, Child), Process(Q, Child), Attach(P, A), Attach(Q, A), DeployAll(P, Q));
        Used().ShouldBe(1);
    }

    [Fact, Covers("R33", "#58")]
    public void exempt_connectors_use_none_and_are_listed_as_exempt()
    {
        Given(Connection(Crm, type: "WSS"), Purchase(0), Process(P, Crm), Attach(P, A));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Manifest[1].Connector.ShouldBe(new PinnedConnector("WSS", ConnectorClass.Standard, Exempt: true)));
        Used().ShouldBe(0);
        Picture.Exempt.ShouldHaveSingleItem().ComponentId.ShouldBe(Crm);
    }

    [Theory, Covers("R33")]
    [InlineData("as2server"), InlineData("atomsphere"), InlineData("partnerapi"), InlineData("atomqueue"), InlineData("boomiforsap"), InlineData("datahub")]
    [InlineData("mdh"), InlineData("eventstreams"), InlineData("fss"), InlineData("mllpserver"), InlineData("wss"), InlineData("Fss")]
    public void eleven_connectors_are_exempt_whatever_their_case(string type)
    {
        ExemptConnectors.Contains(type).ShouldBeTrue();
        ExemptConnectors.All.Count.ShouldBe(11);
    }

    [Fact, Covers("#49")]
    public void a_new_version_with_the_same_connections_changes_nothing()
    {
        Given(Purchase(1), Process(P, Crm), Attach(P, A), Deploy(P), Process(P, Crm).Saying("two"));
        When(Deploy(P));
        Then<VersionDeployed>(version => (version.Audit.NetNew.Count, version.Audit.Freed.Count).ShouldBe((0, 0)));
        When(Redeploy(P, 1));
        Used().ShouldBe(1);
    }

    [Fact, Covers("#50")]
    public void a_dropped_connection_is_freed_unless_another_process_there_uses_it()
    {
        Given(Process(P, Crm, Erp), Process(Q, Erp), Attach(P, A), Attach(Q, A), DeployAll(P, Q), Process(P));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Audit.Freed.ShouldBe([new(Crm, A)]));
        Picture.Pool(ConnectorClass.Standard).Connections.ShouldHaveSingleItem().ComponentId.ShouldBe(Erp);
    }

    [Fact, Covers("R28")]
    public void a_connection_that_changed_its_class_counts_in_the_class_its_version_pinned()
    {
        Given(Process(P, Crm), Process(Q, Crm), Attach(P, A), Attach(Q, A), DeployAll(P, Q), Connection(Crm, ConnectorClass.Enterprise));
        (Used(), Used(ConnectorClass.Enterprise)).ShouldBe((1, 0));
        Given(Deploy(P));
        (Used(), Used(ConnectorClass.Enterprise)).ShouldBe((1, 1));
        Given(Deploy(Q));
        (Used(), Used(ConnectorClass.Enterprise)).ShouldBe((0, 1));
    }

    [Fact]
    public void by_independent_references_nothing_counts()
    {
        Given(Process(P).Routing(Crm), Attach(P, A), Deploy(P));
        Used().ShouldBe(0);
    }
}
