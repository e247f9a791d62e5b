using System.Text;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>Search for part of a text.</summary>
internal static class TextPattern
{
    /// <summary>For <c>like</c>, over names that were folded when they were written.</summary>
    public static string Like(string folded) =>
        $"%{folded.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    /// <summary>
    /// For <c>~</c>, over texts as they are: both cases of each letter, since what a database takes for the same letter
    /// depends on its locale.
    /// </summary>
    public static string EitherCase(string text)
    {
        var pattern = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var (lower, upper) = (Rune.ToLowerInvariant(rune), Rune.ToUpperInvariant(rune));
            if (lower != upper) pattern.Append('[').Append(lower).Append(upper).Append(']');
            else if (rune.IsAscii && !Rune.IsLetterOrDigit(rune)) pattern.Append('\\').Append(rune);
            else pattern.Append(rune);
        }

        return pattern.ToString();
    }
}
