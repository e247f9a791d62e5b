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
            var (batch, size) = (new List<JsonLine>(), 0);
            await foreach (var line in JsonLines.ReadAsync(stream, ct))
            {
                if (JsonLines.Mistake(line.Text) is { } mistake)
                {
                    tally.Malformed(line.Number, [mistake]);
                    continue;
                }

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

    private static async Task SendAsync(VerbRun run, List<JsonLine> batch, SendTally tally, CancellationToken ct)
    {
        var items = await run.Api.SendAsync(batch.Select(line => line.Text), ct);
        foreach (var (line, item) in batch.Zip(items))
        {
            if (run.Screen.IsJson) run.Screen.Raw(item.Body);
            if (item.Outcome is { } outcome) tally.Judged(line.Number, outcome);
            else tally.Malformed(line.Number, item.Errors);
        }
    }
}
