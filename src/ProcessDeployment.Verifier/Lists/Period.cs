using System.Text.Json;
using System.Text.RegularExpressions;
using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>The period that a manifest names. Times are texts of one form, so that their order is that of the texts.</summary>
internal sealed partial record Period(string? From, string? To, long First, long Last, bool Closed)
{
    /// <summary>Null where the manifest names none.</summary>
    public static Period? Of(JsonElement manifest)
    {
        if (!manifest.TryGetProperty("periodFirst", out _)) return null;
        return new(TimeOf(manifest, "from"), TimeOf(manifest, "to"), manifest.Number("periodFirst"), manifest.Number("periodLast"), manifest.GetProperty("closed").GetBoolean());
    }

    public bool Has(long position) => position >= First && position <= Last;

    /// <summary>A time of UTC with six decimals, as events have it; null when the text is none.</summary>
    public static string? Normal(string text) =>
        Time().Match(text) is { Success: true } time ? $"{time.Groups["whole"].Value}.{time.Groups["part"].Value.PadRight(7, '0')[..6]}Z" : null;

    private static string? TimeOf(JsonElement manifest, string name) =>
        manifest.TryGetProperty(name, out var time) && time.ValueKind != JsonValueKind.Null
            ? Normal(time.GetString()!) ?? throw new FormatException($"{name} is no time of UTC")
            : null;

    [GeneratedRegex(@"^(?<whole>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<part>[0-9]{1,7}))?(Z|\+00:00)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();
}
