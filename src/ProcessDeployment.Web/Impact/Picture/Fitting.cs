using System.Globalization;
using System.Text;

namespace ProcessDeployment.Web.Impact.Picture;

/// <summary>Cuts texts that are longer than their box; the whole stands in its title.</summary>
internal static class Fitting
{
    /// <summary>How many letters of ordinary width a box has room for.</summary>
    public const int Name = 25;

    public const int Facts = 28;

    /// <summary>From here on letters are about twice as wide.</summary>
    private const int Wide = 0x1100;

    public static string Cut(string text, int most)
    {
        var (cut, width) = (new StringBuilder(), 0);
        var letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext())
        {
            var letter = letters.GetTextElement();
            width += letter.EnumerateRunes().First().Value >= Wide ? 2 : 1;
            if (width > most) return $"{cut}…";
            cut.Append(letter);
        }

        return text;
    }
}
