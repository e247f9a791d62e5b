using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ProcessDeployment.Engine.Host;

/// <summary>One line for one thing: time and text; who says it, only when something is wrong.</summary>
internal sealed class PlainLines(TimeProvider? clock = null) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write((clock ?? TimeProvider.System).GetLocalNow().ToString("HH:mm:ss ", System.Globalization.CultureInfo.InvariantCulture));
        if (logEntry.LogLevel >= LogLevel.Warning) textWriter.Write($"{logEntry.LogLevel.ToString().ToLowerInvariant()} ({logEntry.Category}): ");
        textWriter.WriteLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception) textWriter.WriteLine(logEntry.LogLevel >= LogLevel.Error ? exception.ToString() : $"         {exception.GetType().Name}: {exception.Message}");
    }
}
