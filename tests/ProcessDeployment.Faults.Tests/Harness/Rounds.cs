using System.Globalization;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>
/// How often each fault is tried, and from which seed. Few rounds by default; the long form is
/// <c>FAULT_ROUNDS=20 dotnet test --project tests/ProcessDeployment.Faults.Tests</c>. A failed round is repeated with the seed it printed.
/// </summary>
internal static class Rounds
{
    private const int OfTheLongForm = 20;

    public static int Count { get; } = Number("FAULT_ROUNDS") ?? 3;

    /// <summary>Whether time does not matter: faults last as long then as they do where they happen.</summary>
    public static bool AreLong => Count >= OfTheLongForm;

    /// <summary>For rows whose rounds hardly differ, since each hits everything it can, and that last: beside the others once is enough.</summary>
    public static int? Once { get; } = AreLong ? null : 1;

    /// <summary>Races are cheap: a thousand in the long form, and some dozens otherwise.</summary>
    public static int Races { get; } = Count * (AreLong ? 50 : 15);

    public static IEnumerable<Random> Run(string fault, int? rounds = null)
    {
        var count = rounds ?? Count;
        for (var round = 1; round <= count; round++)
        {
            var seed = Number("FAULT_SEED") ?? Random.Shared.Next();
            TestContext.Current.SendDiagnosticMessage($"{fault}, round {round} of {count}, FAULT_SEED={seed}");
            TestContext.Current.TestOutputHelper?.WriteLine($"{fault}, round {round} of {count}, FAULT_SEED={seed}");
            yield return new Random(seed);
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
