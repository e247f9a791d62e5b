using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Http;

/// <summary>
/// Reads a body up to its limit and not a byte further, whether its length was announced or not. A small one that came in
/// one piece is used where it lies; few large ones are read at once, so that memory stays flat however many are sent.
/// </summary>
internal sealed class CommandBody : IDisposable
{
    private const int Large = 1024 * 1024;
    private static readonly SemaphoreSlim LargeBodies = new(4);

    /// <summary>How long a sender may keep the others of large bodies waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PipeReader _reader;
    private readonly TimeSpan _patience;
    private CancellationTokenSource? _deadline;
    private ReadOnlySequence<byte> _lying;
    private byte[]? _rented;
    private bool _large;

    private CommandBody(PipeReader reader, TimeSpan patience) => (_reader, _patience) = (reader, patience);

    public ReadOnlyMemory<byte> Bytes { get; private set; }

    public bool IsBatch { get; private set; }

    /// <summary>Null when there is more than the limit allows.</summary>
    /// <exception cref="SlowBodyException">A large one did not come in time.</exception>
    public static async ValueTask<CommandBody?> ReadAsync(HttpRequest request, BodyKind kind, CancellationToken cancellation, TimeSpan? patience = null)
    {
        var body = await ReadAsync(request, MostOf(kind), cancellation, patience);
        body?.IsBatch = kind == BodyKind.Batch || (kind == BodyKind.Either && StartsList(body.Bytes.Span));
        return body;
    }

    /// <summary>Null when there are more than so many bytes.</summary>
    /// <exception cref="SlowBodyException">A large one did not come in time.</exception>
    public static async ValueTask<CommandBody?> ReadAsync(HttpRequest request, int most, CancellationToken cancellation, TimeSpan? patience = null)
    {
        if (request.ContentLength > most) return null;
        var body = new CommandBody(request.BodyReader, patience ?? Patience);
        try
        {
            var read = await body._reader.ReadAsync(cancellation);
            if (read is { IsCompleted: true, Buffer.IsSingleSegment: true } && read.Buffer.Length <= Math.Min(most, Large))
            {
                body._lying = read.Buffer;
                body.Bytes = read.Buffer.First;
                return body;
            }

            if (await body.CollectAsync(read, most, request.ContentLength, cancellation)) return body;
            body.Dispose();
            return null;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public static IReadOnlyList<MemberError> LimitOf(BodyKind kind) => LimitOf(MostOf(kind));

    public static IReadOnlyList<MemberError> LimitOf(int most) => [new("body", string.Create(CultureInfo.InvariantCulture, $"must have at most {most} bytes"))];

    public void Dispose()
    {
        if (!_lying.IsEmpty) _reader.AdvanceTo(_lying.End);
        _lying = default;
        if (_rented is not null && !_large) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        Bytes = default;
        if (_large) LargeBodies.Release();
        _large = false;
        _deadline?.Dispose();
        _deadline = null;
    }

    private static int MostOf(BodyKind kind) => kind == BodyKind.One ? Limits.MessageBytes : Limits.BatchBytes;

    private static bool StartsList(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

    private async ValueTask<bool> CollectAsync(ReadResult read, int most, long? announced, CancellationToken cancellation)
    {
        var length = 0;
        while (true)
        {
            var more = (int)Math.Min(read.Buffer.Length, most + 1L - length);
            await EnsureAsync(length, Math.Max(length + more, (int)(announced ?? 0)), most, cancellation);
            read.Buffer.Slice(0, more).CopyTo(_rented.AsSpan(length));
            length += more;
            _reader.AdvanceTo(read.Buffer.End);
            if (length > most) return false;
            if (read.IsCompleted) break;
            read = await ReadMoreAsync(cancellation);
        }

        Bytes = _rented.AsMemory(0, length);
        return true;
    }

    private async ValueTask<ReadResult> ReadMoreAsync(CancellationToken cancellation)
    {
        var read = await _reader.ReadAsync(cancellation);
        if (!read.IsCanceled) return read;
        _reader.AdvanceTo(read.Buffer.End);
        throw new SlowBodyException(Large, _patience);
    }

    /// <summary>Large ones are left to the collector: a pool would keep them for ever.</summary>
    private async ValueTask EnsureAsync(int used, int needed, int most, CancellationToken cancellation)
    {
        if (_rented?.Length >= needed) return;
        var (old, pooled) = (_rented, !_large);
        if (needed > Large && !_large)
        {
            await LargeBodies.WaitAsync(cancellation);
            _large = true;
            _deadline = new(_patience);
            // Not by the token of the read: the server could not go on with its reader then.
            _deadline.Token.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), _reader);
        }

        _rented = _large
            ? GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(needed, 2L * used), most + 1L))
            : ArrayPool<byte>.Shared.Rent(Math.Max(needed, 16 * 1024));
        old.AsSpan(0, used).CopyTo(_rented);
        if (old is not null && pooled) ArrayPool<byte>.Shared.Return(old);
    }
}
