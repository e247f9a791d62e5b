using System.Net;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Looking_for_Atoms(EngineFixture engine)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task finds_what_was_just_made_by_any_condition(bool xml)
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml);
        var made = (await client.PostObjectAsync("Atom", "Atom", ("name", "Berlin"), ("hostName", "host-1"), ("type", "MOLECULE"))).ShouldBe(HttpStatusCode.OK);
        await client.PostObjectAsync("Atom", "Atom", ("name", "Chicago"));

        made.Type.ShouldBe("Atom");
        (await client.QueryAsync("Atom")).Count.ShouldBe(2);
        foreach (var (property, verb, argument) in ((string, string, string)[])[("name", "EQUALS", "Berlin"), ("id", "EQUALS", made["id"]!), ("hostname", "CONTAINS", "st-1"), ("type", "NOT_EQUALS", "ATOM"), ("name", "NOT_CONTAINS", "hica"), ("status", "EQUALS", "UNKNOWN")])
        {
            var found = await client.QueryAsync("Atom", (property, verb, [argument]), ("type", "EQUALS", ["MOLECULE"]));
            found.ShouldBe(HttpStatusCode.OK).Results("name").ShouldBe(["Berlin"], property);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task tells_one_that_was_deleted_from_one_that_never_was(bool xml)
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml);
        var id = (await client.PostObjectAsync("Atom", "Atom", ("name", "Berlin")))["id"];
        (await client.PostObjectAsync($"Atom/{id}", "Atom", ("name", "Hamburg")))["name"].ShouldBe("Hamburg");
        (await client.GetAsync($"Atom/{id}")).ShouldBe(HttpStatusCode.OK)["name"].ShouldBe("Hamburg");

        (await client.DeleteAsync($"Atom/{id}")).ShouldBe(HttpStatusCode.OK);

        (await client.GetAsync($"Atom/{id}")).ShouldRefuse(HttpStatusCode.Gone, id!);
        (await client.GetAsync($"Atom/{Guid.NewGuid()}")).ShouldRefuse(HttpStatusCode.NotFound, "Atom");
        (await client.QueryAsync("Atom")).Count.ShouldBe(0);
    }

    [Fact]
    public async Task goes_on_page_by_page_until_all_are_seen_once()
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, root: "/partner/api/rest/v1");
        for (var i = 0; i < 205; i++) await account.SendAsync(new Contracts.Commands.RegisterAtom { AtomId = Guid.NewGuid(), Name = $"Atom {i}" });

        var page = await client.QueryAsync("Atom", ("name", "CONTAINS", ["Atom"]));
        var seen = page.Results("id");
        seen.Count.ShouldBe(100);
        while (page["queryToken"] is { } token)
        {
            page = await client.PostAsync("Atom/queryMore", token, "text/plain");
            page.ShouldBe(HttpStatusCode.OK).Count.ShouldBe(205);
            seen.AddRange(page.Results("id"));
        }

        seen.Count.ShouldBe(205);
        seen.Distinct().Count().ShouldBe(205);
    }
}
