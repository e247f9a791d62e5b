using System.CommandLine;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;
using ProcessDeployment.Engine.Import;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Imports a folder of component files.</summary>
internal static class ImportVerb
{
    private const int MostShown = 50;

    public static Command Create(VerbServices services)
    {
        var folder = new Argument<string>("folder") { Description = "Folder of component XML as the AtomSphere platform exports it, with all below it; or one file" };
        var classes = new Option<string[]>("--connector-class") { Description = "Licence class of a connector type, as type=class; exports do not tell it", HelpName = "type=class", AllowMultipleArgumentsPerToken = true };
        return new Verb("import", "Import a folder of component XML; what is there already is left alone", "import tests/samples/orders", "import ~/exports --connector-class workday=enterprise")
        {
            folder, classes,
        }.Does(services, async (run, ct) =>
        {
            var path = run.Get(folder);
            if (!Directory.Exists(path) && !File.Exists(path)) throw new CommandLineException(ExitCodes.Malformed, $"There is no folder {path}.");
            var files = new ComponentFolder(path, new ComponentReader(new Connectors(Classes(run.Get(classes) ?? []))));
            if (files.Files().Count == 0) throw new CommandLineException(ExitCodes.Malformed, $"There are no .xml files in {path}.");

            var report = await run.Screen.ProgressAsync(progress => new Importer(files, new ApiImportTarget(run.Api, run.Account), run.Account, progress).RunAsync(ct));
            Show(run.Screen, report);
            return report.Refused + report.Broken > 0 ? ExitCodes.Refused : ExitCodes.Ok;
        });
    }

    private static void Show(Screen screen, ImportReport report)
    {
        if (screen.IsJson)
        {
            screen.Raw(JsonSerializer.Serialize(report, WireJson.Options));
            return;
        }

        foreach (var level in report.Messages.GroupBy(message => message.Level).OrderBy(level => level.Key)) Show(screen, level.Key, [.. level]);
        var removed = report.Deleted > 0 ? $", {report.Deleted} deleted" : "";
        screen.Line($"{(report.Files == 1 ? "1 file" : $"{report.Files} files")}: {report.Saved} saved{removed}, {report.Unchanged} unchanged, {report.Refused} refused, {report.Broken} broken");
    }

    /// <summary>Thousands of files may have thousands of remarks: the worst come last, next to the counts.</summary>
    private static void Show(Screen screen, ImportMessageLevel level, List<ImportMessage> messages)
    {
        Action<string> show = level switch { ImportMessageLevel.Error => screen.Fail, ImportMessageLevel.Warning => screen.Warn, _ => screen.Say };
        foreach (var message in messages.Take(MostShown)) show($"{message.File}: {message.Text}");
        if (messages.Count > MostShown) show($"… and {messages.Count - MostShown} more; --json lists all.");
    }

    private static Dictionary<string, ConnectorClass> Classes(IEnumerable<string> given)
    {
        var classes = new Dictionary<string, ConnectorClass>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in given)
        {
            if (pair.Split('=', 2) is [{ Length: > 0 } type, var name] && Enum.TryParse<ConnectorClass>(name, ignoreCase: true, out var @class)) classes[type] = @class;
            else throw new CommandLineException(ExitCodes.Malformed, $"--connector-class must be type=class with class standard, smallBusiness, enterprise or tradingPartner; it is {pair}");
        }

        return classes;
    }
}
