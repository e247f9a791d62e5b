using System.Net;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Repeating_a_request(EngineFixture engine)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task with_the_same_key_does_it_once(bool xml)
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml);
        var body = client.Object("Atom", ("name", "Berlin"));

        var first = (await client.PostAsync("Atom", body, idempotencyKey: "build 117")).ShouldBe(HttpStatusCode.OK);
        var again = (await client.PostAsync("Atom", body, idempotencyKey: "build 117")).ShouldBe(HttpStatusCode.OK);

        again["id"].ShouldBe(first["id"]);
        (await client.QueryAsync("Atom")).Count.ShouldBe(1);
        (await client.PostAsync("Atom", client.Object("Atom", ("name", "Chicago")), idempotencyKey: "build 117")).ShouldRefuse(HttpStatusCode.BadRequest, "command-id-reused");
        (await client.PostAsync("Atom", body)).ShouldBe(HttpStatusCode.OK)["id"].ShouldNotBe(first["id"]);
    }

    [Fact]
    public async Task with_the_same_key_in_another_account_is_another_request()
    {
        var (one, other) = (new PlatformClient(await engine.NewAccountAsync()), new PlatformClient(await engine.NewAccountAsync()));

        var made = await one.PostAsync("Atom", one.Object("Atom", ("name", "Berlin")), idempotencyKey: "build 117");
        var there = await other.PostAsync("Atom", other.Object("Atom", ("name", "Berlin")), idempotencyKey: "build 117");

        there.ShouldBe(HttpStatusCode.OK)["id"].ShouldNotBe(made["id"]);
    }
}
