using System.Text.Json;
using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>The period that a manifest names. Times are texts of one form, so that their order is that of the texts.</summary>
internal sealed record Period(string? From, string? To, long First, long Last, bool Closed)
{
    /// <summary>Null where the manifest names none.</summary>
    public static Period? Of(JsonElement manifest)
    {
        if (!manifest.TryGetProperty("periodFirst", out _)) return null;
        return new(TimeOf(manifest, "from"), TimeOf(manifest, "to"), manifest.Number("periodFirst"), manifest.Number("periodLast"), manifest.GetProperty("closed").GetBoolean());
    }

    public bool Has(long position) => position >= First && position <= Last;

    /// <summary>A time of UTC with six decimals, as events have it; null when the text is none.</summary>
    public static string? Normal(string text)
    {
        const string Whole = "0000-00-00T00:00:00";
        if (text.Length <= Whole.Length || !IsOf(Whole, text)) return null;
        var decimals = 0;
        var rest = text.AsSpan(Whole.Length);
        if (rest[0] == '.')
        {
            rest = rest[1..];
            while (decimals < rest.Length && char.IsAsciiDigit(rest[decimals])) decimals++;
            if (decimals is 0 or > 7) return null;
        }

        return rest[decimals..] is not ("Z" or "+00:00") ? null
            : decimals == 6 && rest[6] == 'Z' ? text
            : $"{text.AsSpan(0, Whole.Length)}.{rest[..Math.Min(decimals, 6)].ToString().PadRight(6, '0')}Z";
    }

    private static bool IsOf(string form, string text)
    {
        for (var i = 0; i < form.Length; i++)
        {
            if (form[i] == '0' ? !char.IsAsciiDigit(text[i]) : text[i] != form[i]) return false;
        }

        return true;
    }

    private static string? TimeOf(JsonElement manifest, string name) =>
        manifest.TryGetProperty(name, out var time) && time.ValueKind != JsonValueKind.Null
            ? Normal(time.GetString()!) ?? throw new FormatException($"{name} is no time of UTC")
            : null;
}
