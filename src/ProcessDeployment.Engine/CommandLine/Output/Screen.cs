using ProcessDeployment.Engine.Import;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProcessDeployment.Engine.CommandLine.Output;

/// <summary>Answers go to standard output, everything said about them to standard error, so that either can be redirected.</summary>
internal sealed class Screen
{
    private const int Widest = 100;
    private readonly Side _answers;
    private readonly Side _remarks;

    public Screen(TextWriter output, TextWriter error, bool json)
    {
        IsJson = json;
        _answers = Side.Of(output, Console.IsOutputRedirected || output != Console.Out);
        _remarks = Side.Of(error, Console.IsErrorRedirected || error != Console.Error);
    }

    public bool IsJson { get; }

    public void Raw(string json) => _answers.Writer.WriteLine(json);

    public void Show(IRenderable what) => _answers.Console.Write(what);

    public void Line(string text = "") => _answers.Line(text, Style.Plain);

    public void Say(string text) => _remarks.Line(text, new Style(decoration: Decoration.Dim));

    public void Warn(string text) => _remarks.Line(text, new Style(Color.Yellow));

    public void Fail(string text) => _remarks.Line(text, new Style(Color.Red));

    /// <summary>Bars while a person watches; nothing where the output goes to a file.</summary>
    public Task<T> ProgressAsync<T>(Func<IProgress<ImportProgress>?, Task<T>> work) => !_remarks.Console.Profile.Capabilities.Interactive
        ? work(null)
        : _remarks.Console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context)));

    /// <summary>One of the two outputs. What goes to a file is not broken into lines: it is searched, not read.</summary>
    private sealed record Side(TextWriter Writer, IAnsiConsole Console, bool IsRedirected)
    {
        public static Side Of(TextWriter writer, bool redirected)
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
                Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            });
            console.Profile.Width = redirected ? Widest : Math.Min(Widest, console.Profile.Width);
            return new(writer, console, redirected);
        }

        public void Line(string text, Style style)
        {
            if (IsRedirected) Writer.WriteLine(text);
            else Console.Write(new Text(text + "\n", style));
        }
    }
}
