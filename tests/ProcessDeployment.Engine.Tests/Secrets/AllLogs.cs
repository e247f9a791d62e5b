using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ProcessDeployment.Engine.Tests.Secrets;

/// <summary>Everything that is logged, as text: the message, what it is made of, its scopes and its exception.</summary>
internal sealed class AllLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Lines.Enqueue(InFull(state));
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{formatter(state, exception)} {InFull(state)} {exception}"));

    public void Dispose()
    {
    }

    private static string InFull(object? state) => state is IEnumerable<KeyValuePair<string, object?>> members
        ? string.Join(' ', members.Select(member => $"{member.Key}={member.Value}"))
        : $"{state}";
}
