using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Sends a file of commands, one CloudEvent a line, in order.</summary>
internal static class SendVerb
{
    private const int BatchCommands = 200;
    private const int BatchBytes = 4 * 1024 * 1024;
    private const int Kilobyte = 1024;

    public static Command Create(VerbServices services)
    {
        var file = new Argument<string>("file") { Description = "File of CloudEvents, one a line; - for standard input" };
        return new Verb("send", "Send a file of commands, one CloudEvent a line", "send commands.jsonl", "generate | send -", "send commands.jsonl --json > outcomes.jsonl")
        {
            file,
        }.Does(services, async (run, ct) =>
        {
            await using var stream = Open(run.Get(file), services);
            return await SendAsync(run, stream, ct);
        });
    }

    private static Stream Open(string file, VerbServices services)
    {
        try
        {
            return file == "-" ? services.In() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException(ExitCodes.Malformed, $"{file} cannot be read: {e.Message}", e);
        }
    }

    private static async Task<int> SendAsync(VerbRun run, Stream stream, CancellationToken ct)
    {
        var tally = new SendTally(run.Screen);
        await run.Screen.ProgressAsync(async progress =>
        {
            var (batch, size) = (new List<LineToSend>(), 0);
            await foreach (var read in JsonLines.ReadAsync(stream, ct))
            {
                var line = LineToSend.Of(read, run.Account);
                if (batch.Count == BatchCommands || (batch.Count > 0 && size + line.Text.Length > BatchBytes))
                {
                    await SendAsync(run, batch, tally, ct);
                    if (stream.CanSeek) progress?.Report(new("Sending", (int)(stream.Position / Kilobyte), (int)(stream.Length / Kilobyte)));
                    (batch, size) = ([], 0);
                }

                batch.Add(line);
                size += line.Text.Length;
            }

            if (batch.Count > 0) await SendAsync(run, batch, tally, ct);
            return true;
        });
        tally.Show();
        return tally.ExitCode;
    }

    /// <summary>What cannot be sent is told in its place among the others.</summary>
    private static async Task SendAsync(VerbRun run, List<LineToSend> batch, SendTally tally, CancellationToken ct)
    {
        List<LineToSend> sent = [.. batch.Where(line => line.Mistake is null)];
        var items = new Queue<BatchItem>(sent.Count == 0 ? [] : await run.Api.SendAsync(sent.Select(line => line.Text), ct));
        foreach (var line in batch)
        {
            // An engine that answers less than it was asked said nothing about the rest.
            if ((line.Mistake is { } mistake ? BatchItem.NotSent(line.Number, mistake) : items.TryDequeue(out var answer) ? answer : null) is not { } item) break;
            if (run.Screen.IsJson) run.Screen.Raw(item.Body);
            if (item.Outcome is { } outcome) tally.Judged(line.Number, outcome);
            else tally.Malformed(line.Number, item.Errors);
        }
    }
}

/// <summary>A line of a file of commands.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">What is sent.</param>
/// <param name="Mistake">Why it is not.</param>
internal sealed record LineToSend(int Number, ReadOnlyMemory<byte> Text, string? Mistake)
{
    public static LineToSend Of(JsonLine line, string? account)
    {
        var (text, mistake) = (line.Text, JsonLines.Mistake(line.Text));
        if (mistake is null && account is not null) text = AccountOfLine.Put(text, account, out mistake);
        return new(line.Number, text, mistake);
    }
}
