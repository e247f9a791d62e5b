using System.Xml.Linq;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Import;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>The content of a save as it is kept: values that it marks as encrypted are masked before anything is hashed or stored.</summary>
/// <param name="Text">Null when the save has none.</param>
/// <param name="Hash">SHA-256 of the text, or of the empty text.</param>
public sealed record StoredContent(string? Text, string Hash)
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Null for what is not a save. Costs what the content is long, so it is done before the account's lock is taken.</summary>
    public static StoredContent? Of(Command command)
    {
        if (command is not ComponentSave save) return null;
        var text = save.Content is { } content && MayHoldMarks(content) ? Masked(content) : save.Content;
        return new(text, Digests.ContentHash(text));
    }

    private static bool MayHoldMarks(string content) =>
        content.Contains("encrypted", StringComparison.OrdinalIgnoreCase) || content.Contains("usesEncryption", StringComparison.OrdinalIgnoreCase);

    private static string Masked(string content)
    {
        var text = content.TrimStart(ByteOrderMark).TrimStart();
        // What is no markup marks nothing.
        if (!text.StartsWith('<')) return content;
        try
        {
            var component = SafeXml.Load(text);
            return SecretMask.ApplyWidely(component) ? component.ToString(SaveOptions.DisableFormatting) : content;
        }
        catch (ComponentFileException)
        {
            // Not well-formed, too deep, or made to take long: what is marked in it cannot be found, so nothing of it is kept.
            return SecretMask.Text;
        }
    }
}
