using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ProcessDeployment.Engine.CommandLine.Verbs;

namespace ProcessDeployment.Engine.CommandLine;

/// <summary>The command line: <c>serve</c>, also without any verb, runs the engine; every other verb talks to one over HTTP.</summary>
public static class CommandLineProgram
{
    /// <param name="args">What was given.</param>
    /// <param name="serve">Runs the engine with the arguments that are meant for it.</param>
    public static Task<int> RunAsync(string[] args, Func<string[], Task<int>> serve) => RunAsync(args, serve, VerbServices.OfThisConsole());

    internal static async Task<int> RunAsync(string[] args, Func<string[], Task<int>> serve, VerbServices services)
    {
        var root = Root(services);
        var parsed = root.Parse(args);
        if (IsForTheEngine(parsed, args)) return await serve(args is ["serve", .. var rest] ? rest : args);

        // The mistake is what matters; the whole help would hide it.
        if (parsed.Action is ParseErrorAction mistaken) mistaken.ShowHelp = false;
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = services.Out, Error = services.Error });
        if (parsed.Errors.Count == 0 || code == ExitCodes.Ok) return code;
        await services.Error.WriteLineAsync(parsed.CommandResult.Command is RootCommand ? "See --help." : $"See {parsed.CommandResult.Command.Name} --help.");
        return ExitCodes.Malformed;
    }

    internal static RootCommand Root(VerbServices services)
    {
        var root = new RootCommand("Deploys Processes to Atoms: takes commands, keeps every event, and answers what runs where, what was revised since, and who did what.")
        {
            GlobalOptions.Url, GlobalOptions.Account, GlobalOptions.Json,
        };
        foreach (var verb in AllVerbs.Of(services)) root.Add(verb);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesInHelp((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Options of the host, such as <c>--urls</c>, are known to it alone.</summary>
    private static bool IsForTheEngine(ParseResult parsed, string[] args) =>
        !parsed.RootCommandResult.Command.Options.Any(option => option is HelpOption or VersionOption && option.Action == parsed.Action)
        && (parsed.CommandResult.Command.Name == ServeVerb.Name
            || (parsed.CommandResult.Command is RootCommand && (args.Length == 0 || args[0].StartsWith('-'))));
}
