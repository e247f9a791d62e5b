using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Import;
using static ProcessDeployment.Engine.Tests.Import.ComponentXml;

namespace ProcessDeployment.Engine.Tests.Import;

public sealed class Reading_a_component_file
{
    [Fact]
    public void takes_over_id_type_name_folder_author_and_source_revision()
    {
        var component = Read(Of(Process(), attributes: $"""
            componentId="{Id}" version="7" name="Initialize Caches" folderFullPath="acct/Library/CDS" folderName="CDS" createdBy="first@example.com"
            modifiedDate="2026-03-04T14:33:13Z" modifiedBy="builder@example.com" deleted="false" currentVersion="true"
            """)).Component;

        component.ComponentId.ShouldBe(new Guid(Id));
        component.IdIsDerived.ShouldBeFalse();
        component.ComponentType.ShouldBe("process");
        component.Name.ShouldBe("Initialize Caches");
        component.Folder.ShouldBe("acct/Library/CDS");
        component.SourceRevision.ShouldBe("7");
        component.Author.ShouldBe("builder@example.com");
        component.SavedAt.ShouldBe("2026-03-04T14:33:13Z");
        component.Deleted.ShouldBeFalse();
    }

    [Fact]
    public void takes_the_folder_name_where_there_is_no_path() =>
        Read(Of(Process(), attributes: """name="Some" folderName="Golden/Fixtures" """)).Component.Folder.ShouldBe("Golden/Fixtures");

    [Fact]
    public void makes_the_id_from_folder_and_name_where_there_is_none()
    {
        var component = Read(Of(Process(), attributes: """name="Branch Fanout" folderName="Golden/Fixtures" """)).Component;

        component.IdIsDerived.ShouldBeTrue();
        component.ComponentId.ShouldBe(NameBasedId.Of(NameBasedId.ComponentsWithoutId, "Golden/Fixtures/Branch Fanout"));
    }

    [Theory]
    [InlineData("<noaction/>", StartStep.Schedule)]
    [InlineData("<passthroughaction/>", StartStep.None)]
    [InlineData("""<connectoraction actionType="Listen" connectorType="wss"/>""", StartStep.Listener)]
    [InlineData("""<connectoraction actionType="LISTEN" connectorType="disk-sdk"/>""", StartStep.Listener)]
    [InlineData("""<connectoraction actionType="Get" connectorType="database"/>""", StartStep.Schedule)]
    [InlineData("""<tradingpartneraction actionType="listen" standard="x12"/>""", StartStep.Listener)]
    public void tells_how_a_process_starts(string action, StartStep start) =>
        Read(Of($"""<process xmlns=""><shapes><shape shapetype="start"><configuration>{action}</configuration></shape></shapes></process>""")).Component.StartStep.ShouldBe(start);

    [Theory]
    [InlineData("database", "database", ConnectorClass.Standard)]
    [InlineData("sap", "sap", ConnectorClass.Enterprise)]
    [InlineData("quickbooks", "quickbooks", ConnectorClass.SmallBusiness)]
    [InlineData("officialboomi-X3979C-events-prod", "eventstreams", ConnectorClass.Standard)]
    public void tells_the_connector_of_a_connection(string subType, string type, ConnectorClass connectorClass) =>
        Read(Of("<Settings/>", "connector-settings", $"""componentId="{Id}" name="Some" subType="{subType}" """))
            .Component.Connector.ShouldBe(new Connector(type, connectorClass));

    [Fact]
    public void tells_partners_from_the_own_company()
    {
        Read(Of("""<TradingPartner xmlns="" classification="tradingpartner"/>""", "tradingpartner")).Component.Connector
            .ShouldBe(new Connector("tradingpartner", ConnectorClass.TradingPartner));
        Read(Of("""<TradingPartner xmlns="" classification="mytradingpartner"/>""", "tradingpartner")).Component.Connector.ShouldBeNull();
    }

    [Fact]
    public void doubts_a_connection_without_a_connector() =>
        Read(Of("<Settings/>", "connector-settings")).Component.Doubts.ShouldHaveSingleItem().ShouldContain("subType");

    [Fact]
    public void takes_over_the_extensions_that_can_be_set() =>
        Read(Of(Process(), overrides: $"""
            <Overrides xmlns=""><Connections><ConnectionOverride id="{Nr(1)}">
              <field id="host" label="Host" overrideable="true" xpath="x"/><field id="port" label="Port" overrideable="false" xpath="x"/>
              <field id="password" label="Password" overrideable="true" xpath="x"/></ConnectionOverride></Connections>
              <Properties><PropertyOverride name="DPP_REGION"/></Properties></Overrides>
            """)).Component.Extensions.ShouldBe(
        [
            new($"connection/{Nr(1)}/host", "Host", Secret: false),
            new($"connection/{Nr(1)}/password", "Password", Secret: true),
            new("property/DPP_REGION", "DPP_REGION", Secret: false),
        ]);
}
