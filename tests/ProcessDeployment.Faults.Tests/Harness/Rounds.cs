using System.Globalization;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>
/// How often each fault is tried, and from which seed. Few rounds by default; the long form is
/// <c>FAULT_ROUNDS=20 dotnet test --project tests/ProcessDeployment.Faults.Tests</c>. A failed round is repeated with the seed it printed.
/// </summary>
internal static class Rounds
{
    public static int Count { get; } = Number("FAULT_ROUNDS") ?? 3;

    /// <summary>Races are cheap: a thousand in the long form, and a hundred and fifty otherwise.</summary>
    public static int Races { get; } = Count * 50;

    public static IEnumerable<Random> Run(string fault)
    {
        for (var round = 1; round <= Count; round++)
        {
            var seed = Number("FAULT_SEED") ?? Random.Shared.Next();
            TestContext.Current.SendDiagnosticMessage($"{fault}, round {round} of {Count}, FAULT_SEED={seed}");
            TestContext.Current.TestOutputHelper?.WriteLine($"{fault}, round {round} of {Count}, FAULT_SEED={seed}");
            yield return new Random(seed);
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
