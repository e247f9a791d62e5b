using System.Net;
using Microsoft.Extensions.Logging;

namespace ProcessDeployment.AtomAgent;

/// <summary>Fetches bundles, goes on where a download broke off, and lets in only what is what it ought to be.</summary>
internal sealed class Downloads(EngineClient engine, BundleFolder folder, PinnedKeys keys, ILogger<Downloads> log)
{
    private const int Piece = 1 << 16;

    /// <exception cref="BundleRefusedException">What came is not what the digest names, twice.</exception>
    /// <exception cref="EngineTroubleException">It broke off; what came is kept.</exception>
    public async Task FetchAsync(string digest, CancellationToken cancellation)
    {
        for (var whole = false; ; whole = true)
        {
            var part = folder.Part(digest);
            var begun = File.Exists(part) ? new FileInfo(part).Length : 0;
            await ReceiveAsync(digest, begun, cancellation);
            try
            {
                BundleFile.Check(part, digest);
                if (keys.Any) keys.Check(await engine.SignatureAsync(digest, cancellation), digest, BundleFile.Whole(part));
                folder.Install(digest);
                return;
            }
            catch (BundleRefusedException e)
            {
                File.Delete(part);
                // What had come before may have been bad already: once more, from the beginning.
                if (whole || begun == 0) throw new BundleRefusedException($"the bundle {digest} is refused: {e.Message}");
                log.LogWarning("The bundle {Digest} that was gone on with is refused: {Reason}; it is fetched from its beginning", digest, e.Message);
            }
        }
    }

    private async Task ReceiveAsync(string digest, long begun, CancellationToken cancellation)
    {
        using var response = await engine.BundleAsync(digest, begun, cancellation);
        // All of it had come before.
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return;
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == begun;
        if (response.StatusCode == HttpStatusCode.PartialContent && !goesOn) throw new EngineTroubleException("The engine answered with another part than was asked for.");
        if (goesOn) log.LogInformation("Going on with the bundle {Digest} at byte {Begun}", digest, begun);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var file = new FileStream(folder.Part(digest), goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        var buffer = new byte[Piece];
        try
        {
            await using var source = await response.Content.ReadAsStreamAsync(cancellation);
            while (true)
            {
                patience.CancelAfter(EngineClient.Silence);
                var count = await ReadAsync(source, buffer, patience.Token, cancellation);
                if (count == 0) break;
                await file.WriteAsync(buffer.AsMemory(0, count), cancellation);
            }
        }
        finally
        {
            // What came is kept, however it ended; only of a crash of the machine it may be less.
            file.Flush(flushToDisk: true);
        }
    }

    private static async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken patience, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(buffer, patience);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new EngineTroubleException($"The download broke off: {e.Message}", inner: e);
        }
    }
}
