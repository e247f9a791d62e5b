using Npgsql;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.ReadModels;

public sealed class A_database_from_before_the_history_of_names(EngineFixture engine)
{
    [Fact]
    public async Task answers_about_its_past_once_it_is_upgraded()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            shop.SaveOrders("Renamed"), shop.SaveOrders("Renamed", "<process>again</process>"), new DeleteComponent { ComponentId = shop.Orders },
            new RestoreComponent { ComponentId = shop.Orders }, shop.SaveOrders("Renamed") with { Folder = null });
        await shop.AskAsync("/processes");
        const string Rows = "select string_agg(n::text, ' ' order by n.process_id, n.valid_from) from process_deployment.process_name_history n where n.account_id = $1";
        var written = await shop.Account.ScalarAsync<string>(Rows);
        await shop.Account.ScalarAsync<long>("with gone as (delete from process_deployment.process_name_history where account_id = $1 returning 1) select count(*) from gone");

        await using var upgrade = new NpgsqlCommand(SchemaScript.All().Single(script => script.Name == "ProcessNameHistoryOnce.sql").Sql, await engine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken));
        await upgrade.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await upgrade.Connection!.DisposeAsync();

        (await shop.Account.ScalarAsync<string>(Rows)).ShouldBe(written);
    }
}
