using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>What an answer says of attachments that began or ended. The view <c>stored_outcome</c> says the same in SQL.</summary>
internal static class Receipts
{
    /// <summary>The types that leave something on a receipt: only of these the body is read again.</summary>
    public static readonly string[] Types = [WireNameAttribute.Of(typeof(AtomAttached)), WireNameAttribute.Of(typeof(AtomDetached))];

    /// <summary>Null for an event that no attachment began or ended with.</summary>
    public static ReceiptItem? Of(DomainEvent @event) => @event switch
    {
        AtomAttached attached => new()
        {
            ProcessId = attached.ProcessId,
            AtomId = attached.AtomId,
            Change = AttachmentChange.Attached,
            VersionNumber = attached.EffectiveVersion,
            LicencesTaken = attached.Audit?.NetNew ?? [],
        },
        AtomDetached detached => new()
        {
            ProcessId = detached.ProcessId,
            AtomId = detached.AtomId,
            Change = AttachmentChange.Detached,
            VersionNumber = detached.FormerVersion,
            LicencesFreed = detached.LicencesFreed,
            Suspended = detached.Suspended,
        },
        _ => null,
    };

    /// <summary>As an event says that was stored; null where it cannot be read, since the outcome must be told all the same.</summary>
    /// <param name="type">Its name of today.</param>
    /// <param name="body">In its form of today.</param>
    public static ReceiptItem? Of(string type, string body)
    {
        try
        {
            return string.Equals(type, Types[0], StringComparison.Ordinal)
                ? Of(JsonSerializer.Deserialize<AtomAttached>(body, WireJson.Options)!)
                : Of(JsonSerializer.Deserialize<AtomDetached>(body, WireJson.Options)!);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
