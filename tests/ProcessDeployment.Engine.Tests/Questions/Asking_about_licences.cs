using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_about_licences(EngineFixture engine)
{
    private const string Columns =
        "environmentId,environmentName,environmentClassification,containerId,containerName,componentId,componentName,connectorType,connectorClass,folder,processId,processName,licence";

    [Fact, Covers("R28", "R30", "R35", "#60")]
    public async Task shows_all_pools_as_the_contract_has_them()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production, shop.Backup), Shop.Attach(shop.Invoice, shop.Production), Shop.Deploy(shop.Orders), Shop.Deploy(shop.Invoice));

        var answer = await shop.AskAsync("/licences");

        (answer.Text("mode"), answer.Flag("overDeployed")).ShouldBe(("strict", false));
        answer.Items("pools").Select(pool => $"{pool.Text("class")} {pool.Text("classification")}").ShouldBe(
            ["standard PROD", "standard TEST", "smallBusiness PROD", "smallBusiness TEST", "enterprise PROD", "enterprise TEST", "tradingPartner PROD", "tradingPartner TEST"]);
        var standard = answer.Items("pools")[0];
        (standard.Number("purchased"), standard.Number("used"), standard.Number("available"), standard.Flag("overDeployed"), standard.Text("setBy")).ShouldBe((5, 2, 3, false, "kim@example.com"));
        standard.Items("connections").Select(c => (c.Id("componentId"), c.Text("name"), c.Id("atomId"), c.Items("processIds").Count)).ShouldBe(
            [(shop.Database, "Shop database", shop.Production, 2), (shop.Database, "Shop database", shop.Backup, 1)], ignoreOrder: true);
        var never = answer.Items("pools")[1];
        never.GetProperty("purchased").ValueKind.ShouldBe(JsonValueKind.Null);
        never.GetProperty("available").ValueKind.ShouldBe(JsonValueKind.Null);
        never.Number("used").ShouldBe(0);
    }

    [Fact, Covers("R35", "#55")]
    public async Task says_which_pool_uses_more_than_was_purchased()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production),
            Shop.Deploy(shop.Orders),
            new SetLicences { Class = ConnectorClass.Standard, Production = 0 },
            new SetLicenceEnforcement { Mode = LicenceEnforcement.Tolerant });

        var answer = await shop.AskAsync("/licences");

        (answer.Text("mode"), answer.Flag("overDeployed")).ShouldBe(("tolerant", true));
        var standard = answer.Items("pools")[0];
        (standard.Number("purchased"), standard.Number("used"), standard.Number("available"), standard.Flag("overDeployed")).ShouldBe((0, 1, -1, true));
    }

    [Fact, Covers("R36", "#58")]
    public async Task reports_a_line_for_each_use_and_marks_what_counts()
    {
        var shop = await Shop.OpenAsync(engine);
        var queue = Guid.CreateVersion7();
        await shop.DoAsync(
            shop.SaveDatabase("=cmd(\"x\"), main"),
            new SaveComponent { ComponentId = queue, ComponentType = ComponentTypes.Connection, Name = "queue", Folder = "Shop/Base", Connector = new("AtomQueue", ConnectorClass.Standard) },
            shop.SaveInvoice() with { References = [new(shop.Database, ReferenceKind.Dependent), new(queue, ReferenceKind.Dependent)] },
            Shop.Attach(shop.Orders, shop.Production),
            Shop.Attach(shop.Invoice, shop.Production),
            Shop.Deploy(shop.Orders),
            Shop.Deploy(shop.Invoice));

        var (all, one) = (await ReportAsync(shop, ""), await ReportAsync(shop, $"&process={shop.Orders}&component={shop.Database}&atom={shop.Production}"));

        string Line(Guid id, string component, string type, string folder, Guid process, string name, string licence) =>
            $",,PROD,{shop.Production},Production,{id},{component},{type},standard,{folder},{process},{name},{licence}";
        var shared = Line(shop.Database, "\"'=cmd(\"\"x\"\"), main\"", "database", "", shop.Orders, "Orders", "shared");
        all.ShouldBe(
            [
                Columns,
                Line(shop.Database, "\"'=cmd(\"\"x\"\"), main\"", "database", "", shop.Invoice, "invoice", "counted"),
                shared,
                Line(queue, "queue", "AtomQueue", "Shop/Base", shop.Invoice, "invoice", "exempt"),
                Line(queue, "queue", "AtomQueue", "Shop/Base", shop.Orders, "Orders", "exempt"),
                "",
            ]);
        one.ShouldBe([Columns, shared, ""]);
    }

    private static async Task<string[]> ReportAsync(Shop shop, string filters)
    {
        await shop.Account.AskAsync("/processes?take=1", shop.Position);
        using var response = await shop.Account.Http.GetAsync(new Uri($"/api/v1/licences/report?atLeast={shop.Position}{filters}", UriKind.Relative), TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        response.Headers.GetValues("Position").ShouldBe([$"{shop.Position}"]);
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");
    }
}
