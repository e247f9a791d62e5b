using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Client;

/// <summary>Reads changes from server-sent events.</summary>
internal static class ChangeStream
{
    /// <summary>How long an engine may be silent: its heart beats three times meanwhile.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    public static async IAsyncEnumerable<Change> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lines = new StreamReader(stream);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var data = new StringBuilder();
        while (await NextAsync(lines, patience, cancellation) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal)) data.Append(line.AsSpan("data:".Length));
            if (line.Length > 0 || data.Length == 0) continue;
            yield return JsonSerializer.Deserialize<Change>(data.ToString(), WireJson.Options)!;
            data.Clear();
        }
    }

    private static async Task<string?> NextAsync(StreamReader lines, CancellationTokenSource patience, CancellationToken cancellation)
    {
        patience.CancelAfter(Silence);
        try
        {
            return await lines.ReadLineAsync(patience.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new EngineUnreachableException(e is OperationCanceledException ? "The engine is silent." : $"The engine is not heard any more: {e.Message}", e);
        }
    }
}
