using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Webhooks;

/// <summary>Takes a webhook away; twice is once.</summary>
public static class DeleteWebhookDecider
{
    public static void Needs(DeleteWebhook command, Needs needs) => needs.Webhook(command.WebhookId);

    public static Decision Decide(DeleteWebhook command, Account account) => account.Webhooks[command.WebhookId] switch
    {
        null => new Refusal(RefusalCodes.UnknownWebhook, $"There is no webhook {command.WebhookId}."),
        { Deleted: true } => Decision.Unchanged,
        _ => new WebhookDeleted { WebhookId = command.WebhookId },
    };
}
