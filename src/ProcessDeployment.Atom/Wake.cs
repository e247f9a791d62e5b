using System.Threading.Channels;

namespace ProcessDeployment.AtomAgent;

/// <summary>Has the agent look now. Of many calls before it looks, the last position counts.</summary>
internal sealed class Wake
{
    private readonly Channel<long> _calls = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Call(long position) => _calls.Writer.TryWrite(position);

    /// <summary>The position that somebody called for; null when nobody did in time.</summary>
    public async Task<long?> WaitAsync(TimeSpan most, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(most);
        try
        {
            return await _calls.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
