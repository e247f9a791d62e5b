using System.Net.Sockets;
using RabbitMQ.Client;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>
/// A line to the broker that breaks when it has been silent for too long. The library looks once each heartbeat and gives a line up at
/// its third look in vain, which is three to four heartbeats after the last word; its time limit of reads is not one of asynchronous reads.
/// </summary>
internal sealed class AttentiveLine(AddressFamily family, TimeSpan mostSilence) : TcpClientAdapter(new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
{
    public override NetworkStream GetStream() => new Listening(Client, mostSilence);

    private sealed class Listening(Socket socket, TimeSpan mostSilence) : NetworkStream(socket)
    {
        /// <summary>Silence is counted only while something is waited for: whoever is busy with what came before misses nothing.</summary>
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            silence.CancelAfter(mostSilence);
            try
            {
                return await base.ReadAsync(buffer, silence.Token);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new IOException($"The broker has said nothing for {mostSilence.TotalSeconds:0.#} s.", e);
            }
        }
    }
}
