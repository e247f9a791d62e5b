using Npgsql;
using ProcessDeployment.Engine.Rebuild;

namespace ProcessDeployment.Engine.Tests.Rebuild;

public sealed class Reading_copied_rows(EngineFixture engine) : IAsyncLifetime
{
    private readonly NpgsqlConnection _connection = new(engine.Databases.Logins.Owner);

    public async ValueTask InitializeAsync() => await _connection.OpenAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public void gives_rows_of_any_length_with_their_nulls()
    {
        using var rows = new CopiedRows(
            _connection, "select n::bigint, case when n % 3 = 0 then null else repeat('é', n * 50000) end, repeat('x', n) from generate_series(1, 9) n order by n", columns: 3);
        var read = new List<(long Number, int? Length, int Short)>();

        while (rows.Next()) read.Add((rows.Long(0), rows.OptionalText(1)?.Length, rows.RecurringText(2).Length));

        read.ShouldBe(Enumerable.Range(1, 9).Select(n => ((long)n, n % 3 == 0 ? (int?)null : n * 50_000, n)));
    }

    [Fact]
    public void gives_none_where_there_are_none()
    {
        using var rows = new CopiedRows(_connection, "select 1::bigint where false", columns: 1);

        rows.Next().ShouldBeFalse();
    }

    /// <summary>Defect: what PostgreSQL said was wrong was hidden by the complaint that the COPY had ended.</summary>
    [Fact]
    public void tells_what_went_wrong_in_the_middle()
    {
        using var rows = new CopiedRows(_connection, "select 1000 / (5000 - n), repeat('x', 100) from generate_series(1, 6000) n", columns: 2);

        Should.Throw<PostgresException>(() =>
        {
            try
            {
                while (rows.Next())
                {
                }
            }
            catch
            {
                rows.Cancel();
                throw;
            }
        }).SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);
    }

    [Fact]
    public void leaves_the_connection_usable_when_it_ends_early()
    {
        using (var rows = new CopiedRows(_connection, "select n::bigint from generate_series(1, 1000000) n", columns: 1))
        {
            rows.Next().ShouldBeTrue();
            rows.Cancel();
        }

        using var again = new CopiedRows(_connection, "select 7::bigint", columns: 1);
        again.Next().ShouldBeTrue();
        again.Long(0).ShouldBe(7);
    }
}
