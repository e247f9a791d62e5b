using System.CommandLine;
using System.Globalization;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>All changes of a period with their proof, as a file.</summary>
internal static class AuditExportVerb
{
    /// <summary>An export is watched over HTTP, which tells nobody that it moved; often enough for a person to see it move.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    public static Command Create(VerbServices services)
    {
        var from = VerbArguments.Text("--from", "The period begins here (2026-11-01 or 2026-11-01T06:00:00Z); the beginning of the account when left out");
        var to = VerbArguments.Text("--to", "The period ends before this; what is sealed when left out");
        var output = VerbArguments.Text("--output", "The file to write; a download that broke off goes on");
        return new Verb("export", "Export all changes of a period with their proof, for auditors", "audit export --from 2026-10-01 --to 2026-11-01 --output october.zip") { from, to, output }
            .Shows(services, async (run, ct) =>
            {
                var query = Query.None.With("from", run.Get(from)).With("to", run.Get(to));
                var state = (await run.Api.StartAsync($"audit/export{query}", ct)).Json;
                while (state["state"].Text is "running")
                {
                    run.Screen.Say(string.Create(CultureInfo.InvariantCulture, $"{state["written"].Text} of {state["total"].Text} events written"));
                    await Task.Delay(Between, ct);
                    state = (await run.Api.AskAsync($"audit/export/{state["exportId"].Text}", Query.None, ct)).Json;
                }

                if (state["failure"].IsThere) throw new CommandLineException(ExitCodes.Refused, $"The export failed: {state["failure"].Text}");
                var file = run.Get(output) ?? $"{state["exportId"].Text}.zip";
                await run.Api.DownloadAsync($"audit/export/{state["exportId"].Text}/bundle", state["exportId"].Text, file, ct);
                run.Screen.Line($"Wrote {file} ({new FileInfo(file).Length / 1024.0:n0} KiB). Check it with the program in its folder verifier; how-to.md says how.");
            });
    }
}
