using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Stands between the engine and a server, and does to their lines what networks do: holds, slows, drips, cuts.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Line, bool> _lines = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile Moment? _awaited;
    private volatile TaskCompletionSource _open = Opened();

    public Proxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>So long each piece of what is said is under way; null for no longer than it takes.</summary>
    public TimeSpan? Delay { get; set; }

    /// <summary>The most that is passed on at once.</summary>
    public int Most { get; set; } = Line.Buffer;

    /// <summary>Lines that are up.</summary>
    public int Lines => _lines.Count;

    /// <summary>Nothing passes any more and nobody is told, as behind a router that lost its power.</summary>
    public void FallSilent() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Everything that was held goes on.</summary>
    public void Speak() => _open.TrySetResult();

    /// <summary>Cuts every line, without a goodbye.</summary>
    public void Cut()
    {
        foreach (var line in _lines.Keys) line.Cut();
    }

    /// <summary>
    /// The next time that something is said on a line of a client, that line is held before the other side hears it: whoever
    /// waits for it does then what he wants, at exactly that moment.
    /// </summary>
    public Moment Await(string client, Said said, int times = 1) => _awaited = new(client, said, times, () => _awaited = null);

    /// <summary>Ends when what was heard may pass.</summary>
    internal async Task PassAsync(Line line, bool fromServer, ReadOnlyMemory<byte> heard)
    {
        if (_awaited is { } moment && moment.Is(line, fromServer, heard)) await moment.HoldAsync();
        await _open.Task;
        if (Delay is not { } delay) return;
        using var tick = new PeriodicTimer(delay);
        await tick.WaitForNextTickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Speak();
        _awaited?.Dispose();
        Cut();
        await _accepting;
        _listener.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var line = new Line(this, client);
        _lines[line] = true;
        await line.RunAsync(_target);
        _lines.TryRemove(line, out _);
    }
}
