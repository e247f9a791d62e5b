using ProcessDeployment.Engine.Homes.Moving;

namespace ProcessDeployment.Engine.Tests.Homes.Moving;

public sealed class Every_table_of_accounts(EngineFixture engine)
{
    /// <summary>Whoever makes a new table decides what becomes of it when an account moves.</summary>
    [Fact]
    public async Task is_taken_along_or_made_anew_or_stays_for_a_reason()
    {
        var tables = new List<string>();
        await using var command = engine.Owner.CreateCommand("""
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
            where n.nspname = 'process_deployment' and c.relkind in ('r', 'p') and a.attname = 'account_id' and not a.attisdropped order by 1
            """);
        await using (var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await rows.ReadAsync(TestContext.Current.CancellationToken)) tables.Add(rows.GetString(0));
        }

        string[] listed = [.. TablesOfAccounts.Replaced.Concat(TablesOfAccounts.Added).Where(table => table.Schema == "process_deployment").Select(table => table.Name), .. TablesOfAccounts.Derived, .. TablesOfAccounts.Staying.Keys];

        listed.Order(StringComparer.Ordinal).ShouldBe(tables.Order(StringComparer.Ordinal), "TablesOfAccounts says of each table once what becomes of its rows.");
        TablesOfAccounts.Staying.Values.ShouldAllBe(why => why.Length > 10);
        TablesOfAccounts.EmptiedWhenLeft.ShouldBeSubsetOf(TablesOfAccounts.Replaced.Select(table => table.Name));
    }
}
