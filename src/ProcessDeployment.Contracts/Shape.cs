using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProcessDeployment.Contracts;

/// <summary>The few rules of form that members of commands share. Each yields nothing when the value keeps the rule.</summary>
internal static partial class Shape
{
    public static IEnumerable<MemberError> Text(string member, string? value, int most, bool required = false)
    {
        if (value is null) yield break;
        if (required && string.IsNullOrWhiteSpace(value)) yield return new(member, "must not be empty");
        if (value.Length > most) yield return new(member, $"must have at most {most} characters, it has {value.Length}");
        if (value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) yield return new(member, "must not contain control characters");
    }

    /// <summary>A note: its control characters (but newlines and tabs) are removed rather than refused (edge case #32).</summary>
    public static IEnumerable<MemberError> Note(string member, string? value)
    {
        if (value?.Length > Limits.Note) yield return new(member, $"must have at most {Limits.Note} characters, it has {value.Length}");
    }

    /// <summary>One line: of control characters not even newlines and tabs.</summary>
    public static IEnumerable<MemberError> Label(string member, string value)
    {
        if (string.IsNullOrWhiteSpace(value)) yield return new(member, "must not be empty");
        if (value.Length > Limits.Label) yield return new(member, $"must have at most {Limits.Label} characters, it has {value.Length}");
        if (value.Any(char.IsControl)) yield return new(member, "must not contain control characters");
        if (value.StartsWith(Limits.NumberSign)) yield return new(member, $"must not begin with {Limits.NumberSign}, which stands before the numbers of versions without a label");
    }

    public static IEnumerable<MemberError> Ids(string member, IReadOnlyList<Guid> ids)
    {
        if (ids.Count == 0) yield return new(member, "must name at least one id");
        if (ids.Count > Limits.Ids) yield return new(member, $"must have at most {Limits.Ids} ids, it has {ids.Count}");
    }

    /// <summary>The limit holds for the command, not for each of its lists.</summary>
    public static IEnumerable<MemberError> IdsTogether(string member, IReadOnlyList<Guid> ids, string other, IReadOnlyList<Guid> others)
    {
        if (ids.Count <= Limits.Ids && others.Count <= Limits.Ids && ids.Count + others.Count > Limits.Ids)
        {
            var (longer, shorter) = ids.Count > others.Count ? (member, other) : (other, member);
            yield return new(longer, $"must have at most {Limits.Ids} ids together with {shorter}, they have {ids.Count + others.Count}");
        }
    }

    public static IEnumerable<MemberError> AtLeast(string member, int? value, int least)
    {
        if (value < least) yield return new(member, $"must be at least {least}, it is {value}");
    }

    public static IEnumerable<MemberError> Digest(string member, string value)
    {
        if (value.Length != 64 || !value.All(char.IsAsciiHexDigitLower)) yield return new(member, "must be 64 lower-case hexadecimal digits");
    }

    public static IEnumerable<MemberError> Moment(string member, string? value)
    {
        if (value is not null && !DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            yield return new(member, "must be a time in UTC such as 2027-01-31T00:00:00Z");
    }

    /// <summary>A log is written by programs: any character but the one that no database keeps.</summary>
    public static IEnumerable<MemberError> Log(string member, string? value)
    {
        if (value?.Length > Limits.LogTail) yield return new(member, $"must have at most {Limits.LogTail} characters, it has {value.Length}");
        if (value?.Contains('\0', StringComparison.Ordinal) is true) yield return new(member, "must not contain U+0000");
    }

    public static IEnumerable<MemberError> ComponentType(string member, string value)
    {
        if (!ComponentTypePattern().IsMatch(value)) yield return new(member, "must be letters, digits, '.', '_' or '-', at most 100, starting with a letter or digit");
    }

    public static IEnumerable<MemberError> Content(string member, string? value)
    {
        if (value is null) yield break;
        if (value.Contains('\0', StringComparison.Ordinal)) yield return new(member, "must not contain U+0000");
        if (Encoding.UTF8.GetByteCount(value) > Limits.ContentBytes) yield return new(member, $"must have at most {Limits.ContentBytes} bytes");
    }

    public static IEnumerable<MemberError> Some(string member, int count, int most)
    {
        if (count == 0) yield return new(member, "must not be empty");
        if (count > most) yield return new(member, $"must have at most {most} entries, it has {count}");
    }

    public static IEnumerable<MemberError> Role(string member, string value)
    {
        if (!RolePattern().IsMatch(value)) yield return new(member, "must be lower-case letters, digits or '-', at most 40, starting with a letter");
    }

    public static IEnumerable<MemberError> CommandType(string member, string value)
    {
        if (value.Length > Limits.Name || !value.StartsWith("processdeployment.", StringComparison.Ordinal)) yield return new(member, "must be the type of a command, for example processdeployment.save-component.v1");
    }

    /// <summary>Whether it is a key that signatures can be checked with, not whose.</summary>
    public static IEnumerable<MemberError> PublicKey(string member, string? value)
    {
        if (value is not null && SignerKey.TryRead(value) is null) yield return new(member, "must be the SubjectPublicKeyInfo of an EC key of P-256 or of an RSA key of 2048 to 8192 bits, in base64");
    }

    public static IEnumerable<MemberError> TimeZone(string member, string? value)
    {
        if (value is not null && !(TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone) && zone.HasIanaId))
            yield return new(member, "must be an IANA time zone, for example Europe/Berlin");
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RolePattern();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ComponentTypePattern();
}
