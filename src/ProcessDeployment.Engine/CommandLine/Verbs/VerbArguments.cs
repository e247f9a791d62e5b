using System.CommandLine;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Arguments and options that several verbs take.</summary>
internal static class VerbArguments
{
    public static readonly Option<string?> AsOf = new("--as-of")
    {
        Description = "Show it as it was at this position or time (117, 2026-11-23 or 2026-11-23T06:00:00Z)",
        HelpName = "moment",
    };

    public static Argument<string> Process() => new("process") { Description = "Name or id of the Process" };

    public static Argument<string> Component() => new("component") { Description = "Name or id of the component" };

    public static Argument<string> Atom() => new("atom") { Description = "Name or id of the Atom" };

    public static Argument<string[]> Atoms() => new("atoms") { Description = "Names or ids of the Atoms", Arity = ArgumentArity.OneOrMore };

    public static Argument<string> Environment() => new("environment") { Description = "Name or id of the environment" };

    /// <summary>For verbs that also work without environments.</summary>
    public static Option<string?> InEnvironment(string description) => new("--environment") { Description = description, HelpName = "environment" };

    public static Option<string?> Note() => new("--note") { Description = "What this version is for", HelpName = "text" };

    public static Option<int> Take() => new("--take") { Description = "Most items to show", HelpName = "n", DefaultValueFactory = _ => 100 };

    public static Option<string?> Cursor() => new("--cursor") { Description = "Go on where an earlier answer ended (its next)", HelpName = "cursor" };

    public static Option<string?> Text(string name, string description) => new(name) { Description = description, HelpName = "text" };
}
