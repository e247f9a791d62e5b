using ProcessDeployment.Contracts;
using static ProcessDeployment.Engine.Tests.Import.ComponentXml;

namespace ProcessDeployment.Engine.Tests.Import;

public sealed class Finding_references
{
    [Theory]
    [InlineData("""<connectoraction connectionId="ID" connectorType="http"/>""")]
    [InlineData("""<connectoraction operationId="ID" connectorType="http"/>""")]
    [InlineData("""<map mapId="ID"/>""")]
    [InlineData("""<processcall processId="ID" wait="true"/>""")]
    [InlineData("""<doccacheload docCache="ID"/>""")]
    [InlineData("""<doccacheretrieve docCache="ID"/>""")]
    [InlineData("""<doccacheremove docCache="ID" removeAllDocuments="true"/>""")]
    [InlineData("""<dataprocessscript componentId="ID" useComponent="true"/>""")]
    [InlineData("""<definedprocessparameter componentId="ID" propertyKey="11111111-1111-1111-1111-111111111111"/>""")]
    [InlineData("""<profileelement elementId="3" profileId="ID"/>""")]
    [InlineData("""<crossrefparameter crossRefTableId="ID"/>""")]
    [InlineData("""<sqlparameter connection="ID"/>""")]
    [InlineData("""<TradingPartner partnerId="ID"/>""")]
    [InlineData("""<Map fromProfile="ID"/>""")]
    [InlineData("""<Map toProfile="ID"/>""")]
    [InlineData("""<FunctionStep category="userdefined" id="ID"/>""")]
    [InlineData("""<GenericOperationConfig requestProfile="ID"/>""")]
    [InlineData("""<GenericOperationConfig responseProfile="ID"/>""")]
    [InlineData("""<DocumentCache profile="ID"/>""")]
    [InlineData("""<field id="attachmentCache" type="component" value="ID"/>""")]
    [InlineData("""<field id="cert" type="privatecertificate" value="ID"/>""")]
    [InlineData("""<SSLOptions clientsslalias="ID"/>""")]
    public void takes_what_is_bundled_as_dependent(string element) => Kind(element).ShouldBe(ReferenceKind.Dependent);

    [Theory]
    [InlineData("""<route processId="ID"/>""")]
    [InlineData("""<flowActions processId="ID" path="x"/>""")]
    [InlineData("""<processEntry key="1" processId="ID"/>""")]
    [InlineData("""<processroutecall processRouteId="resource::rout:ID"/>""")]
    [InlineData("""<tradingpartneraction tpGroupId="ID"/>""")]
    public void takes_what_is_deployed_on_its_own_as_independent(string element) => Kind(element).ShouldBe(ReferenceKind.Independent);

    [Theory]
    [InlineData("""<definedProcessProperty key="ID"/>""")]
    [InlineData("""<field id="clientId" type="string" value="ID"/>""")]
    [InlineData("""<connectoraction connectionId="" operationId="00000000-0000-0000-0000-000000000000"/>""")]
    [InlineData("""<JSONObject key="2"/>""")]
    public void leaves_other_ids_alone(string element)
    {
        var component = Read(Of(Process(Step(With(element))))).Component;

        component.References.ShouldBeEmpty();
        component.Doubts.ShouldBeEmpty();
    }

    [Fact]
    public void says_which_attribute_with_an_id_it_does_not_know()
    {
        var component = Read(Of(Process(Step(With("""<newstep thingId="ID"/>"""))))).Component;

        component.References.ShouldBeEmpty();
        component.Doubts.ShouldHaveSingleItem().ShouldStartWith("newstep/@thingId");
    }

    [Fact]
    public void counts_a_component_once_however_often_it_is_used()
    {
        var component = Read(Of(Process(Step(With("""<connectoraction connectionId="ID"/>""")), Step(With("""<connectoraction connectionId="ID"/>"""))))).Component;

        component.References.ShouldHaveSingleItem().FoundAt.ShouldBe("connectoraction/@connectionId");
    }

    [Fact]
    public void does_not_take_overrides_for_references() =>
        Read(Of(Process(), overrides: With("""<Overrides xmlns=""><Connections><ConnectionOverride id="ID"/></Connections><Extensions><objectDefinition connectionId="ID"/></Extensions></Overrides>""")))
            .Component.References.ShouldBeEmpty();

    [Fact]
    public void refuses_more_references_than_a_command_carries() =>
        Failure(Of(Process([.. Enumerable.Range(1, 101).Select(n => Step($"""<map mapId="{Nr(n)}"/>"""))]))).ShouldContain("101 components");

    private static ReferenceKind Kind(string element)
    {
        var reference = Read(Of(Process(Step(With(element))))).Component.References.ShouldHaveSingleItem();
        reference.ComponentId.ShouldBe(Nr(5));
        return reference.Kind;
    }

    private static string With(string element) => element.Replace("ID", Nr(5).ToString(), StringComparison.Ordinal);
}
