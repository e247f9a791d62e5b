using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain;

/// <summary>Warnings are kept with the outcome for ever: of many of one kind only the first are named, the lists tell of all.</summary>
internal static class WarningLimit
{
    private const int Most = 5;

    /// <summary>The first of them, and how many more there are.</summary>
    public static IEnumerable<Warning> First(IEnumerable<Warning> warnings)
    {
        List<Warning> all = [.. warnings];
        return all.Count <= Most ? all : all.Take(Most).Append(new(all[0].Code, $"{all.Count - Most} more of this kind."));
    }
}
