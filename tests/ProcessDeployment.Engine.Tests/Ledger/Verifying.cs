using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ProcessDeployment.Verifier;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>Runs both implementations of the verifier, which must always agree.</summary>
internal static partial class Verifying
{
    /// <summary>What they say; every file is one of them.</summary>
    public static Task<Verdict> VerifyAsync(this TestBundle bundle, params string[] options) => VerifyAsync(bundle.Folder, options);

    /// <summary>The same for a bundle in a folder.</summary>
    public static async Task<Verdict> VerifyAsync(string folder, params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Verification.Run([folder, .. options], output, error);
        var verdict = Verdict.Of(code, output.ToString() + error);

        var other = await NodeAsync([folder, .. options]);
        if (other is not null) (other.Code, other.Position).ShouldBe((verdict.Code, verdict.Position), $"{verdict.Said}\n--- and in Node ---\n{other.Said}");
        return verdict;
    }

    /// <summary>Null where there is no Node.</summary>
    public static async Task<Verdict?> NodeAsync(params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "verifier-node", "verify.mjs"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var node = System.Diagnostics.Process.Start(start)!;
            var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            return Verdict.Of(node.ExitCode, await output + await error);
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            return null;
        }
    }

    /// <summary>What a verifier says.</summary>
    internal sealed partial record Verdict(int Code, long? Position, string Said)
    {
        public static Verdict Of(int code, string said) =>
            new(code, First().Match(said) is { Success: true } found ? long.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null, said);

        public void ShouldBeProven() => Code.ShouldBe(Verification.Proven, Said);

        public void ShouldBeAltered(long? at = null)
        {
            Code.ShouldBe(Verification.Altered, Said);
            Position.ShouldBe(at, Said);
        }

        [GeneratedRegex("ALTERED, first at position ([0-9]+)")]
        private static partial Regex First();
    }
}
