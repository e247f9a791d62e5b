using System.Net;
using System.Text;
using Npgsql;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Querying_while_read_models_stand_still(EngineFixture engine)
{
    [Fact]
    public async Task waits_for_longer_than_our_own_questions_do_since_scripts_give_up_at_an_error()
    {
        await using var own = await OwnEngine.StartAsync(engine);
        Task<HttpResponseMessage> query;
        using var everything = new StringContent("{}", Encoding.UTF8, "application/json");
        await using (var holder = await own.Databases.OpenSessionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = new NpgsqlCommand($"select pg_advisory_lock({PageSql.Lock})", holder);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            var last = (await own.SendAsync("local", new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Late" })).Position;
            query = own.Http.PostAsync(new Uri("/api/rest/v1/local/Atom/query", UriKind.Relative), everything, TestContext.Current.CancellationToken);
            (await own.StatusOfAsync($"/api/v1/atoms?atLeast={last}")).ShouldBe(HttpStatusCode.ServiceUnavailable);
            query.IsCompleted.ShouldBeFalse();
        }

        using var answer = await query;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Late");
    }
}
