using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>
/// One kept connection that speaks just enough HTTP/1.1: the load shares the machine with what it measures, and a full client
/// would cost as much as the server.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _sending = new byte[8 * 1024];
    private byte[] _received = new byte[64 * 1024];
    private string _headers = "";
    private int _bodyFrom;
    private int _bodyLength;

    /// <param name="port">Of the engine.</param>
    /// <param name="authorization">Credentials; null for none.</param>
    /// <param name="from">An address of this machine to come from; null for the usual one.</param>
    public static async Task<HttpConnection> OpenAsync(int port, string? authorization = null, IPAddress? from = null)
    {
        var connection = new HttpConnection { _headers = authorization is null ? "" : $"Authorization: {authorization}\r\n" };
        if (from is not null) connection._socket.Bind(new IPEndPoint(from, 0));
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    public ReadOnlySpan<byte> Body => _received.AsSpan(_bodyFrom, _bodyLength);

    /// <summary>Sends one command and waits for its outcome, which must be accepted.</summary>
    public async Task ReviseAsync(Revision revision)
    {
        if (await SendAsync(revision) is var status && status != 200) throw new InvalidOperationException($"A save was answered {status}: {Encoding.UTF8.GetString(Body)}");
    }

    /// <summary>Sends one command and says how it was answered.</summary>
    public ValueTask<int> SendAsync(Revision revision)
    {
        var head = Head($"POST /api/v1/commands HTTP/1.1\r\nHost: localhost\r\n{_headers}Content-Type: application/cloudevents+json\r\nContent-Length: {revision.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n");
        revision.CopyTo(_sending.AsSpan(head), Guid.CreateVersion7());
        return ExchangeAsync(head + revision.Length);
    }

    /// <summary>The position in the outcome that came last.</summary>
    public long Position()
    {
        var reader = new Utf8JsonReader(Body);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals("position"u8)) continue;
            reader.Read();
            return reader.GetInt64();
        }

        throw new InvalidOperationException("The outcome has no position.");
    }

    /// <summary>Asks with the credentials of the connection.</summary>
    public ValueTask<int> GetAsync(string path) => ExchangeAsync(Head($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{_headers}\r\n"));

    public async Task<int> GetAsync(string path, string account) =>
        await ExchangeAsync(Head($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{BenchmarkedEngine.AccountHeader}: {account}\r\n\r\n"));

    /// <summary>Sends a body with the credentials of the connection.</summary>
    public ValueTask<int> PostAsync(string path, string contentType, string body) => ExchangeAsync(Head(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{_headers}Accept: application/json\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}"));

    public void Dispose() => _socket.Dispose();

    private int Head(string text) => Encoding.ASCII.GetBytes(text, _sending);

    private async ValueTask<int> ExchangeAsync(int length)
    {
        for (var sent = 0; sent < length;) sent += await _socket.SendAsync(_sending.AsMemory(sent, length - sent));
        var received = 0;
        while (true)
        {
            if (received == _received.Length) Array.Resize(ref _received, 2 * _received.Length);
            var read = await _socket.ReceiveAsync(_received.AsMemory(received));
            if (read == 0) throw new IOException("The engine closed the connection.");
            received += read;
            if (Complete(received) is { } status) return status;
        }
    }

    /// <summary>The status once the whole answer is here.</summary>
    private int? Complete(int received)
    {
        var all = _received.AsSpan(0, received);
        var end = all.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var head = all[..(end + 2)];
        _bodyFrom = end + 4;
        var status = (head[9] - '0') * 100 + (head[10] - '0') * 10 + head[11] - '0';
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return Chunked(all, status);
        var value = head[(at + 16)..];
        _bodyLength = int.Parse(value[..value.IndexOf("\r\n"u8)], CultureInfo.InvariantCulture);
        return received >= _bodyFrom + _bodyLength ? status : null;
    }

    /// <summary>Moves the chunks together.</summary>
    private int? Chunked(Span<byte> all, int status)
    {
        if (!all.EndsWith("0\r\n\r\n"u8)) return null;
        var (from, to) = (_bodyFrom, _bodyFrom);
        while (true)
        {
            var line = all[from..].IndexOf("\r\n"u8);
            var size = int.Parse(all.Slice(from, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0) break;
            all.Slice(from + line + 2, size).CopyTo(all[to..]);
            (from, to) = (from + line + 2 + size + 2, to + size);
        }

        _bodyLength = to - _bodyFrom;
        return status;
    }
}
