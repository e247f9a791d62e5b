using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Licences;

public sealed class Setting_licences : Situation
{
    [Fact, Covers("R32")]
    public void strict_is_the_default_and_a_change_of_mode_is_kept()
    {
        When(Enforce(LicenceEnforcement.Strict));
        Then();
        When(Enforce(LicenceEnforcement.Tolerant));
        Then(new LicenceEnforcementChanged { Mode = LicenceEnforcement.Tolerant });
    }

    [Fact]
    public void the_same_numbers_change_nothing()
    {
        Given(new SetLicences { Class = ConnectorClass.Standard, Production = 3, Test = 0 });
        When(Purchase(3));
        Then();
    }

    [Fact]
    public void one_pool_of_a_class_leaves_the_other()
    {
        Given(new SetLicences { Class = ConnectorClass.Standard, Production = 3, Test = 2 });
        When(Purchase(4));
        Then(picture => picture.Pool(ConnectorClass.Standard, Classification.Test).Purchased.ShouldBe(2));
        Then(picture => picture.Pool(ConnectorClass.SmallBusiness).Purchased.ShouldBeNull());
    }

    [Fact]
    public void none_is_a_number_and_not_the_same_as_never_set()
    {
        When(Purchase(0));
        Then(new LicencesPurchased { Class = ConnectorClass.Standard, Production = 0 });
    }

    [Fact, Covers("R35")]
    public void the_licensing_page_finds_by_class_what_is_deployed_available_and_where()
    {
        Given(Connection(Crm) with { Name = "Crm" }, Process(P, Crm), Process(Q, Crm), Atom(A), Attach(P, A), Attach(Q, A), DeployAll(P, Q), Purchase(3));
        var pool = Picture.Pool(ConnectorClass.Standard);
        (pool.Purchased, pool.Used, pool.Available).ShouldBe((3, 1, 2));
        var connection = pool.Connections.ShouldHaveSingleItem();
        (connection.Name, connection.AtomId).ShouldBe(("Crm", A));
        connection.ProcessIds.ShouldBe([P, Q], "both uses are listed, though they are one licence");
    }

    [Fact, Covers("R36")]
    public void a_version_pins_what_the_licensing_report_prints()
    {
        Given(Connection(Crm, ConnectorClass.Enterprise, "sap") with { Name = "Erp", Folder = "Shared" }, Process(P, Crm), Atom(A), Attach(P, A));
        When(Deploy(P));
        Then<VersionDeployed>(version => (version.Manifest[1].Name, version.Manifest[1].Connector).ShouldBe(("Erp", new("sap", ConnectorClass.Enterprise, Exempt: false))));
        Then(picture => picture.Components[Crm].Folder.ShouldBe("Shared"));
    }
}
