using System.Globalization;

namespace ProcessDeployment.Web.Live;

/// <summary>What addresses ask for. People edit addresses: what is none of what it should be is as if it were not there.</summary>
internal static class Asked
{
    public static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    public static bool? Flag(string? text) => bool.TryParse(text, out var flag) ? flag : null;

    public static int? Count(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    public static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
