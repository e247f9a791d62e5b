using System.Text;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Something that one side of a line says to the other.</summary>
internal sealed record Said(bool ByServer, byte[] Bytes)
{
    /// <summary>PostgreSQL has committed, and whoever asked for it does not know yet.</summary>
    public static Said Committed { get; } = new(ByServer: true, "COMMIT\0"u8.ToArray());

    /// <summary>A statement of an open transaction has written rows.</summary>
    public static Said Inserted { get; } = new(ByServer: true, "INSERT 0 "u8.ToArray());

    /// <summary>A table was made, of many.</summary>
    public static Said TableMade { get; } = new(ByServer: true, "CREATE TABLE\0"u8.ToArray());

    /// <summary>RabbitMQ confirms what was published (basic.ack).</summary>
    public static Said Confirmed { get; } = new(ByServer: true, [0, 60, 0, 80]);

    /// <summary>Something is published to an exchange of RabbitMQ.</summary>
    public static Said PublishedTo(string exchange) => new(ByServer: false, Encoding.ASCII.GetBytes(exchange));
}

/// <summary>The moment at which something was said and not heard yet. Until this is disposed the line is held there.</summary>
internal sealed class Moment(string client, Said said, int times, Action over) : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = times;
    private Line? _line;

    public Task ReachedAsync() => _reached.Task.WaitAsync(TimeSpan.FromMinutes(2));

    /// <summary>It is never heard.</summary>
    public void CutLine() => _line!.Cut();

    public bool Is(Line line, bool fromServer, ReadOnlyMemory<byte> heard)
    {
        if (fromServer != said.ByServer || heard.Span.IndexOf(said.Bytes) < 0 || !line.IsOf(client) || Interlocked.Decrement(ref _left) != 0) return false;
        _line = line;
        return true;
    }

    public Task HoldAsync()
    {
        over();
        _reached.TrySetResult();
        return _gone.Task;
    }

    public void Dispose()
    {
        over();
        _gone.TrySetResult();
    }
}
