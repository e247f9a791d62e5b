using ProcessDeployment.Domain.Tests.Dsl;
using ProcessDeployment.Domain.Webhooks;

namespace ProcessDeployment.Domain.Tests.Webhooks;

public sealed class Setting_webhooks : Situation
{
    private const string Deployed = "processdeployment.version-deployed.v1";

    private static readonly SetWebhook New = new() { WebhookId = Id(50), Url = "https://chat.example/hook", EventTypes = [Deployed], Secret = "0123456789abcdef" };

    [Fact]
    public void says_where_to_and_what_and_of_the_secret_only_that_it_changed()
    {
        When(New);
        Then(new WebhookSet { WebhookId = Id(50), Url = "https://chat.example/hook", EventTypes = [Deployed], Enabled = true, SecretChanged = true });
        Json.Of(Decision).ShouldNotContain("0123456789abcdef");
    }

    [Fact]
    public void without_types_sends_those_of_deployments()
    {
        When(New with { EventTypes = null });
        Then<WebhookSet>(set => set.EventTypes.ShouldBe(
        [
            Deployed, "processdeployment.version-promoted.v1", "processdeployment.atom-attached.v1", "processdeployment.atom-detached.v1",
            "processdeployment.process-attached-to-environment.v1", "processdeployment.process-detached-from-environment.v1",
            "processdeployment.atom-attached-to-environment.v1", "processdeployment.atom-detached-from-environment.v1",
            "processdeployment.attachment-refused.v1", "processdeployment.environment-attachment-refused.v1", "processdeployment.deployment-refused.v1",
            "processdeployment.promotion-refused.v1", "processdeployment.move-refused.v1",
        ]));
    }

    [Fact]
    public void anew_without_a_secret_is_refused_and_later_keeps_it()
    {
        When(New with { Secret = null });
        Refused(RefusalCodes.SecretRequired);
        Given(New);
        When(New with { Secret = null, Enabled = false });
        Then<WebhookSet>(set => (set.SecretChanged, set.Enabled).ShouldBe((false, false)));
    }

    [Fact]
    public void to_what_it_is_changes_nothing()
    {
        Given(New);
        When(New with { Secret = null });
        Then();
    }

    [Fact]
    public void for_events_that_there_are_not_is_refused()
    {
        When(New with { EventTypes = [Deployed, "processdeployment.moon-rose.v1"] });
        Refused(RefusalCodes.UnknownEventType).Details.ShouldBeOfType<EventTypesDetails>().UnknownTypes.ShouldBe(["processdeployment.moon-rose.v1"]);
    }

    [Fact]
    public void ends_when_it_is_deleted_and_may_begin_again_with_a_secret()
    {
        When(new DeleteWebhook { WebhookId = Id(50) });
        Refused(RefusalCodes.UnknownWebhook);
        Given(New);
        When(new DeleteWebhook { WebhookId = Id(50) });
        Then(new WebhookDeleted { WebhookId = Id(50) });
        When(new DeleteWebhook { WebhookId = Id(50) });
        Then();
        When(New with { Secret = null });
        Refused(RefusalCodes.SecretRequired);
        When(New);
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void beyond_the_most_of_an_account_is_refused_until_one_is_deleted()
    {
        for (var i = 0; i < Limits.Webhooks; i++) Given(New with { WebhookId = Id(1_000 + i) });
        When(New);
        Refused(RefusalCodes.TooManyWebhooks).Message.ShouldContain("100 webhooks");
        When(New with { WebhookId = Id(1_000), Enabled = false });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        Given(new DeleteWebhook { WebhookId = Id(1_001) });
        When(New);
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        When(New with { WebhookId = Id(1_001) });
        Refused(RefusalCodes.TooManyWebhooks);
    }

    [Theory]
    [InlineData("ftp://chat.example/hook", "url")]
    [InlineData("/hook", "url")]
    [InlineData("https://kim:pw@chat.example/hook", "url")]
    [InlineData("https://chat.example/hook#here", "url")]
    public void to_no_address_of_the_web_is_malformed(string url, string member) => (New with { Url = url }).Check().ShouldContain(error => error.Member == member);

    [Theory]
    [InlineData("https://chat.example/hook", false)]
    [InlineData("https://93.184.216.34/hook", false)]
    [InlineData("http://127.0.0.1:8080/hook", true)]
    [InlineData("http://2130706433/hook", true)]
    [InlineData("http://[::1]/hook", true)]
    [InlineData("http://169.254.169.254/latest/meta-data", true)]
    [InlineData("http://LOCALHOST/hook", true)]
    public void to_what_is_no_public_address_warns_that_nothing_may_be_sent(string url, bool warns)
    {
        When(New with { Url = url });
        Then<WebhookSet>(set => set.Url.ShouldBe(url));
        Decision.Warnings.Select(warning => warning.Code).ShouldBe(warns ? ["private-address"] : []);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("whsec_not base64 !!")]
    [InlineData("with a control\u0001character")]
    public void with_a_bad_secret_is_malformed_without_repeating_it(string secret)
    {
        var error = (New with { Secret = secret }).Check().ShouldHaveSingleItem();
        error.Member.ShouldBe("secret");
        error.Rule.ShouldNotContain(secret);
    }
}
