namespace ProcessDeployment.Contracts.Commands;

/// <summary>
/// Sends events of the account to an address you name, each as a signed HTTP request: a new webhook, or a change of one that there is.
/// </summary>
[WireName("processdeployment.set-webhook.v1")]
public sealed record SetWebhook : Command
{
    /// <summary>Id of the webhook.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>Where to: an absolute <c>https</c> or <c>http</c> address, at most 1,000 characters, without a user or a fragment. It is not kept secret; the audit trail and published events show its scheme and host only.</summary>
    public required string Url { get; init; }

    /// <summary>Types of events, for example <c>processdeployment.version-deployed.v1</c>; without them those of deployments: deployed, promoted, attached, detached, and refused attempts at these.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary>What requests are signed with: text, or <c>whsec_</c> and base64, of 16 to 500 characters. Required at first; left out, the one before stays. Never read back.</summary>
    public string? Secret { get; init; }

    /// <summary>False keeps it and sends nothing; true when left out.</summary>
    public bool? Enabled { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Text("url", Url, Limits.Folder, required: true)
            .Concat(UrlErrors())
            .Concat(EventTypes is { Count: 0 } ? [new("eventTypes", "must name at least one type; leave it out for those of deployments")] : [])
            .Concat(EventTypes is { Count: > Limits.Ids } ? [new("eventTypes", $"must have at most {Limits.Ids} types, it has {EventTypes.Count}")] : [])
            .Concat((EventTypes ?? []).Take(Limits.Ids).SelectMany((type, i) => Shape.Text($"eventTypes[{i}]", type, Limits.Name, required: true)))
            .Concat(SecretErrors());

    private IEnumerable<MemberError> UrlErrors()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.Host.Length == 0)
            yield return new("url", "must be an absolute https or http address");
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            yield return new("url", "must not contain a user or a fragment");
    }

    /// <summary>The rules say nothing of what it is.</summary>
    private IEnumerable<MemberError> SecretErrors()
    {
        const int Least = 16, Most = 500;
        const string Prefix = "whsec_";
        if (Secret is null) yield break;
        if (Secret.Length is < Least or > Most) yield return new("secret", $"must have {Least} to {Most} characters, it has {Secret.Length}");
        else if (Secret.Any(char.IsControl)) yield return new("secret", "must not contain control characters");
        else if (Secret.StartsWith(Prefix, StringComparison.Ordinal) && !Convert.TryFromBase64String(Secret[Prefix.Length..], new byte[Most], out _)) yield return new("secret", $"must be base64 after {Prefix}");
    }
}

/// <summary>Takes a webhook away; what was not delivered yet is dropped.</summary>
[WireName("processdeployment.delete-webhook.v1")]
public sealed record DeleteWebhook : Command
{
    /// <summary>Id of the webhook.</summary>
    public required Guid WebhookId { get; init; }
}
