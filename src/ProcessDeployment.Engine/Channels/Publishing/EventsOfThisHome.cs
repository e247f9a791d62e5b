using JasperFx.Events;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Publishing;

/// <summary>Leaves out what came with an account from another home: it was published there.</summary>
internal sealed class EventsOfThisHome(Databases databases)
{
    private const string Came = """
        select a.account_id, a.after, a.position from unnest($1) as e(account_id) join process_deployment.account_arrival a on a.account_id = e.account_id
        """;

    public async Task<List<IEvent>> OfAsync(List<IEvent> page, CancellationToken cancellation)
    {
        var came = new List<(string AccountId, long After, long Position)>();
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var trip = new RoundTrip(connection);
        trip.Query(Came, [.. page.Select(stored => stored.TenantId).Distinct()], account => account, columns: null, row => came.Add((row.GetString(0), row.GetInt64(1), row.GetInt64(2))));
        await trip.RunAsync(cancellation);
        return came.Count == 0 ? page : page.FindAll(stored => !came.Exists(one => one.AccountId == stored.TenantId && PublishedEvents.PositionOf(stored) is var at && at > one.After && at <= one.Position));
    }
}
