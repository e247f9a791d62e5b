using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Webhooks;

/// <summary>Makes a webhook or changes one. An id that was deleted may be used again: nothing else refers to it.</summary>
public static class SetWebhookDecider
{
    private const string PrivateAddress = "private-address";

    public static void Needs(SetWebhook command, Account account, Needs needs)
    {
        if (needs.Webhook(command.WebhookId) && account.LiveWebhook(command.WebhookId) is null) needs.AllLiveWebhooks();
    }

    public static Decision Decide(SetWebhook command, Account account)
    {
        var before = account.LiveWebhook(command.WebhookId);
        if (before is null && account.LiveWebhooks!.Count >= Limits.Webhooks)
            return new Refusal(RefusalCodes.TooManyWebhooks, $"There are {Limits.Webhooks} webhooks, which is the most of an account. Delete one that is not used any more.");
        IReadOnlyList<string> types = command.EventTypes is { } named ? [.. named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : WebhookTypes.OfDeployments;
        var unknown = types.Where(type => !WebhookTypes.All.Contains(type)).Take(EventTypesDetails.MostTypes).ToList();
        if (unknown.Count > 0) return new Refusal(RefusalCodes.UnknownEventType, $"There are no events of type {string.Join(", ", unknown)}.", new EventTypesDetails(unknown));
        if (before is null && command.Secret is null) return new Refusal(RefusalCodes.SecretRequired, "A new webhook needs a secret, with which its requests are signed.");

        var set = new WebhookSet { WebhookId = command.WebhookId, Url = command.Url, EventTypes = types, Enabled = command.Enabled ?? true, SecretChanged = command.Secret is not null };
        return !set.SecretChanged && before is not null && before.Url == set.Url && before.Enabled == set.Enabled && before.EventTypes.SequenceEqual(types, StringComparer.Ordinal)
            ? Decision.Unchanged
            : Decision.Accepted(set).With(Warnings(set));
    }

    /// <summary>Whether the engine may reach such an address is a setting of each node, on which no decision depends.</summary>
    private static IEnumerable<Warning> Warnings(WebhookSet set) => PublicAddresses.Excludes(new(set.Url))
        ? [new(PrivateAddress, $"{new Uri(set.Url).Host} is no public address: nothing is sent there unless the engine was started with PROCESSDEPLOYMENT_WEBHOOKS_PRIVATE=allow.")]
        : [];
}
