using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Webhooks;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Redaction;
using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>What an Atom comes in with.</summary>
internal sealed class AToken : Target
{
    private readonly Mutator _damage = new([.. Enumerable.Range(0, 8).Select(_ => Encoding.UTF8.GetBytes($"pdat_acme-1.{new Guid(1, 2, 3, new byte[8]):n}.{Guid.Empty:n}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))], ["pdat_", ".", "..", "-", new('a', 300)]);

    public override string Name => "token";

    public override int Weight => 40;

    public override byte[] Input(Dice dice) => dice.OneIn(4) ? _damage.Garbage(dice) : _damage.Damaged(dice);

    public override string Judge(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        if (!AtomToken.TryParse(text, out var token)) return "none";
        Broken.Unless(AccountIds.IsWellFormed(token.AccountId) && token.Text == text && token.Hash.Length == 64, "It is read as another one.");
        Broken.Unless(text.StartsWith($"pdat_{token.AccountId}.{token.AtomId:n}.{token.TokenId:n}.", StringComparison.OrdinalIgnoreCase), "It names something else than it says.");
        Broken.Unless(!token.ToString().Contains(text, StringComparison.Ordinal), "It shows itself.");
        return "token";
    }
}

/// <summary>What is to be taken out of an event.</summary>
internal sealed class RedactionPaths : Target
{
    private static readonly Type[] Types = [.. PersonalData.Texts.Keys.OrderBy(type => type.Name, StringComparer.Ordinal), typeof(string)];

    private readonly Mutator _damage = new([.. PersonalData.Texts.Values.SelectMany(texts => texts).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)], [".", "*", "0", ".0.", "actor", "reason", "-1", "٣"]);

    public override string Name => "redaction";

    public override int Weight => 30;

    public override byte[] Input(Dice dice) => dice.OneIn(4) ? _damage.Garbage(dice) : _damage.Damaged(dice);

    public override string Judge(byte[] input)
    {
        var member = Encoding.UTF8.GetString(input);
        if (EventToRedact.PathOf(member) is not { } path) return "beside the data";
        var taken = Types.Where(type => PersonalData.IsText(type, path)).ToList();
        Broken.Unless(taken.TrueForAll(type => PersonalData.Texts[type].Any(text => text.Split('.').Length == path.Length)), "A path of another length is a text.");
        Broken.Unless(taken.Count == 0 || path.All(part => !part.StartsWith('0') || part == "0"), "A place has two names.");
        return taken.Count > 0 ? "a text" : "no text";
    }
}

/// <summary>Lines of a file that is sent for an account.</summary>
internal sealed class AccountsOfLines : Target
{
    public override string Name => "account";

    public override byte[] Input(Dice dice) => Commands.Input(dice);

    public override string Judge(byte[] input)
    {
        // The verb looks at this before it puts an account in.
        if (JsonLines.Mistake(input) is { Length: > 0 }) return "no JSON";
        var line = AccountOfLine.Put(input, "acme", out var mistake);
        using var put = JsonDocument.Parse(line, new() { MaxDepth = JsonLines.Reading.MaxDepth });
        return mistake is null ? "put in" : "of another";
    }
}

/// <summary>What is kept of a message that nobody could read.</summary>
internal sealed class KeptTexts : Target
{
    public override string Name => "dead-letter";

    public override byte[] Input(Dice dice) => Commands.Input(dice);

    public override string Judge(byte[] input)
    {
        var kept = MessageText.Of(input);
        Broken.Unless(kept.Size == input.Length && !kept.Text.Contains('\0', StringComparison.Ordinal), "It holds what no database keeps.");
        Broken.Unless(new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(kept.Text) >= 0, "It is no text.");
        return "kept";
    }
}

/// <summary>Addresses that are shown to people who may not know them whole.</summary>
internal sealed class WebhookAddresses : Target
{
    private readonly Mutator _damage = new([.. new[] { "https://example.com/hooks/secret?x=1#y", "http://user:pw@[::1]:80/x", "https:\\\\example.com\\secret" }.Select(Encoding.UTF8.GetBytes)], ["://", "@", "[::1]", "[", "]", ":", "%2f", "http:", "\\"]);

    public override string Name => "address";

    public override int Weight => 20;

    public override byte[] Input(Dice dice) => dice.OneIn(4) ? _damage.Garbage(dice) : _damage.Damaged(dice);

    public override string Judge(byte[] input)
    {
        var url = Encoding.UTF8.GetString(input);
        Broken.Unless(WebhookAddress.Shown(url).Length <= url.Length + 2, "More is shown than there is.");
        var command = CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//tests", new SetWebhook { WebhookId = Guid.Empty, Url = url, AccountId = "acme", Actor = "kim" });
        if (!CommandParser.Parse(command, CommandDefaults.None).WellFormed) return "refused";
        return PublicAddresses.Excludes(new(url)) ? "of this network" : "taken";
    }
}
