using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Text.Json;

namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>
/// What the command of a run finds: a folder of its own with the bundle, whose version stays what it is while the next is
/// downloaded (R17), and the values of the run, in which those of extensions win (R39).
/// </summary>
internal static class RunInput
{
    /// <summary>By which what a run left behind is found again.</summary>
    public const string Execution = "PROCESSDEPLOYMENT_RUN_EXECUTION";

    /// <summary>In the folder of the run.</summary>
    public const string ValuesFile = "values.json";

    private const string Prefix = "PROCESSDEPLOYMENT_RUN_";
    private const string ValuePrefix = "PROCESSDEPLOYMENT_VALUE_";

    /// <summary>Ready to be started.</summary>
    /// <param name="command">For the shell.</param>
    /// <param name="folder">The empty folder of the run.</param>
    /// <param name="bundle">The bundle, checked.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="version">What runs.</param>
    /// <param name="extensions">What they are set to.</param>
    public static ProcessStartInfo Prepare(string command, string folder, string bundle, AskedRun asked, KeptVersion version, IReadOnlyList<RunValue> extensions)
    {
        var unpacked = Directory.CreateDirectory(Path.Combine(folder, "bundle")).FullName;
        TarFile.ExtractToDirectory(bundle, unpacked, overwriteFiles: false);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var given in asked.Properties.Concat(extensions)) if (given.Value is { } value) values[given.Key] = value;
        var file = Path.Combine(folder, ValuesFile);
        File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(values));

        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "cmd" : "/bin/sh")
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OperatingSystem.IsWindows())
        {
            // As it is written: cmd has quotes of its own, and knows no others.
            start.Arguments = $"/d /s /c \"{command}\"";
        }
        else
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(command);
        }

        // How the agent gets in is none of its business.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith(AgentOptions.Prefix, StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        // In this order: different keys may have one name there.
        foreach (var given in asked.Properties.Concat(extensions)) if (given.Value is { } value) start.Environment[ValuePrefix + NameOf(given.Key)] = value;
        start.Environment[Execution] = asked.ExecutionId.ToString();
        start.Environment[$"{Prefix}PROCESS"] = asked.ProcessId.ToString();
        start.Environment[$"{Prefix}NAME"] = asked.ProcessName;
        start.Environment[$"{Prefix}KIND"] = asked.Kind;
        start.Environment[$"{Prefix}VERSION"] = version.VersionNumber.ToString(CultureInfo.InvariantCulture);
        start.Environment[$"{Prefix}BUNDLE"] = unpacked;
        start.Environment[$"{Prefix}VALUES"] = file;
        return start;
    }

    /// <summary>What a shell can name; the file of values has the keys as they are.</summary>
    private static string NameOf(string key) => string.Concat(key.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));
}
