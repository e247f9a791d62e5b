using System.Net;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Agents;

public sealed class Coming_in_as_an_atom(EngineFixture engine)
{
    [Fact]
    public async Task opens_what_it_needs_and_nothing_else()
    {
        var (shop, digest) = await DeployedAsync();
        var (atom, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);

        (await atom.AskAsync($"/atoms/{shop.Production}/desired?atLeast={shop.Position}")).Status.ShouldBe(HttpStatusCode.OK);
        (await atom.AskAsync($"/bundles/{digest}")).Status.ShouldBe(HttpStatusCode.OK);
        (await atom.AskAsync($"/atoms/{shop.Production}/executions?status=requested")).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var closed in (string[])["/processes", $"/atoms/{shop.Production}", $"/atoms/{shop.Production}/tokens", $"/atoms/{shop.Backup}/desired", $"/atoms/{shop.Backup}/changes", $"/atoms/{shop.Backup}/executions", "/executions", "/audit", "/changes", "/ledger/keys", "/accounts"])
        {
            var (status, body, _) = await atom.AskAsync(closed);
            (status, body.Text("code")).ShouldBe((HttpStatusCode.Forbidden, "not-for-this-atom"), closed);
        }
    }

    [Fact]
    public async Task reports_of_itself_under_its_own_name()
    {
        var (shop, digest) = await DeployedAsync();
        var (atom, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);

        var (status, body) = await atom.SendAsync(Acknowledged(shop, shop.Production, digest));

        (status, body.Text("status")).ShouldBe((HttpStatusCode.OK, "accepted"));
        (await shop.Account.AskAsync($"/audit?actor=atom:{shop.Production}", body.GetProperty("position").GetInt64())).Items().ShouldHaveSingleItem()
            .Text("type").ShouldBe("processdeployment.version-downloaded.v1");
    }

    [Fact, Covers("R57")]
    public async Task reports_nothing_of_another_and_decides_nothing()
    {
        var (shop, digest) = await DeployedAsync();
        var (atom, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);
        var own = new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online };

        (await atom.SendAsync(Acknowledged(shop, shop.Backup, digest))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await atom.SendAsync(Shop.Deploy(shop.Orders))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await atom.SendAsync(own, new ReportAtomStatus { AtomId = shop.Backup, Status = AtomStatus.Online })).Status.ShouldBe(HttpStatusCode.Forbidden);

        await shop.DoAsync(new RenameAtom { AtomId = shop.Backup, Name = "other" });
        (await shop.AskAsync($"/atoms/{shop.Production}")).Text("status").ShouldBe("UNKNOWN", "of the batch nothing took effect");
    }

    [Fact]
    public async Task reads_a_bundle_only_while_it_is_attached()
    {
        var (shop, digest) = await DeployedAsync();
        var (atom, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);
        await shop.DoAsync(shop.SaveMap("other"), Shop.Deploy(shop.Orders));
        (await atom.AskAsync($"/bundles/{digest}")).Status.ShouldBe(HttpStatusCode.OK, "the version before the current one");

        await shop.DoAsync(new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] });

        (await atom.AskAsync($"/bundles/{digest}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await atom.AskAsync($"/bundles/{digest}/signature")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task with_a_token_that_was_revoked_is_over_at_once()
    {
        var (shop, _) = await DeployedAsync();
        var (atom, tokenId, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);
        var (other, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);

        (await AtomOutside.RevokeAsync(shop.Account, shop.Production, tokenId)).ShouldBe(HttpStatusCode.OK);

        var (status, body, _) = await atom.AskAsync($"/atoms/{shop.Production}/desired");
        (status, body.Text("code")).ShouldBe((HttpStatusCode.Unauthorized, "token-unknown"));
        (await other.AskAsync($"/atoms/{shop.Production}/desired")).Status.ShouldBe(HttpStatusCode.OK);
        (await AtomOutside.RevokeAsync(shop.Account, shop.Production, tokenId)).ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task with_a_token_that_has_expired_or_never_was_is_refused_on_this_machine_too()
    {
        var (shop, _) = await DeployedAsync();
        var token = AtomToken.New(shop.Account.Name, shop.Production);
        await shop.DoAsync(new IssueAtomToken { AtomId = shop.Production, TokenId = token.TokenId, SecretHash = token.Hash, ExpiresAt = "2020-01-31T00:00:00Z" });
        string[] nothing = ["", "x", "pdat_", AtomToken.New(shop.Account.Name, shop.Production).Text, AtomToken.New("nobody", shop.Production).Text, token.Text[..^1]];

        using var late = new AtomOutside(engine, token.Text);
        var (status, body, _) = await late.AskAsync($"/atoms/{shop.Production}/desired");
        (status, body.Text("code")).ShouldBe((HttpStatusCode.Unauthorized, "token-expired"));
        foreach (var text in nothing)
        {
            using var nobody = new AtomOutside(engine, text);
            (await nobody.AskAsync("/processes")).Status.ShouldBe(HttpStatusCode.Unauthorized, text);
        }
    }

    [Fact]
    public async Task ends_when_the_atom_is_deleted()
    {
        var shop = await Shop.OpenAsync(engine);
        var (atom, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Backup);
        await shop.DoAsync(new DeleteAtom { AtomId = shop.Backup });

        (await atom.AskAsync($"/atoms/{shop.Backup}/desired")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task leaves_nothing_anywhere_that_would_let_somebody_in()
    {
        var shop = await Shop.OpenAsync(engine);
        var (_, tokenId, token) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);
        var secret = token.Split('.')[^1];

        (await shop.Account.ScalarAsync<long>($"select count(*) from events.mt_events e where tenant_id = $1 and e::text like '%{secret}%'")).ShouldBe(0);
        (await shop.Account.ScalarAsync<long>($"select count(*) from process_deployment.command_outcome o where account_id = $1 and o::text like '%{secret}%'")).ShouldBe(0);
        (await shop.Account.ScalarAsync<string>("select event ->> 'data' from process_deployment.event where account_id = $1 and type = 'processdeployment.atom-token-issued.v1'"))
            .ShouldNotContain(new AtomToken(shop.Account.Name, shop.Production, tokenId, token).Hash);
        (await shop.Account.AskAsync($"/atoms/{shop.Production}/tokens")).Items().ShouldHaveSingleItem().Members().ShouldBe(["tokenId"]);
    }

    [Fact]
    public async Task with_a_token_that_cannot_be_made_says_why()
    {
        var shop = await Shop.OpenAsync(engine);

        (await AtomOutside.IssueAsync(shop.Account, Guid.CreateVersion7())).Body.GetProperty("refusal").Text("code").ShouldBe("unknown-atom");
        foreach (var (wanted, rule) in ((object, string)[])[(new { expiresAt = "2020-01-31T00:00:00Z" }, "must be in the future"), (new { expiresAt = "soon" }, "must be a time in UTC such as 2027-01-31T00:00:00Z")])
        {
            var (status, body) = await AtomOutside.IssueAsync(shop.Account, shop.Production, wanted);
            status.ShouldBe(HttpStatusCode.BadRequest);
            var error = body.Items("errors").ShouldHaveSingleItem();
            (error.Text("member"), error.Text("rule")).ShouldBe(("expiresAt", rule));
        }

        (await AtomOutside.IssueAsync(shop.Account, shop.Production, new { until = 7 })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<(Shop Shop, string Digest)> DeployedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production, shop.Backup), Shop.Deploy(shop.Orders));
        return (shop, (await shop.AskAsync($"/processes/{shop.Orders}/versions/1")).Text("digest")!);
    }

    private static AcknowledgeVersion Acknowledged(Shop shop, Guid atomId, string digest) =>
        new() { ProcessId = shop.Orders, AtomId = atomId, VersionNumber = 1, Digest = digest, Status = DownloadStatus.Downloaded };
}
