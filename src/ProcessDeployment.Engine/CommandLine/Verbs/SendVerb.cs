using System.CommandLine;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Sends a file of commands, one CloudEvent a line, in order.</summary>
internal static class SendVerb
{
    private const int BatchCommands = 200;
    private const int BatchBytes = 4 * 1024 * 1024;

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
        var code = await run.Screen.ProgressAsync(async progress =>
        {
            var task = progress.AddTask("Sending", maxValue: stream.CanSeek ? Math.Max(1, stream.Length) : 1);
            task.IsIndeterminate = !stream.CanSeek;
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
                    task.Value = stream.CanSeek ? stream.Position : 0;
                    (batch, size) = ([], 0);
                }

                batch.Add(line);
                size += line.Text.Length;
            }

            if (batch.Count > 0) await SendAsync(run, batch, tally, ct);
            return tally.ExitCode;
        });
        tally.Show();
        return code;
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

    /// <summary>Counts, and says of each line that failed why.</summary>
    private sealed class SendTally(Screen screen)
    {
        private int _accepted, _unchanged, _refused, _malformed, _replayed;

        public int ExitCode => _malformed > 0 && _accepted + _unchanged + _refused == 0 ? ExitCodes.Malformed
            : _malformed + _refused > 0 ? ExitCodes.Refused
            : ExitCodes.Ok;

        public void Judged(int line, Outcome outcome)
        {
            if (outcome.Replayed) _replayed++;
            if (outcome.Status == OutcomeStatus.Accepted) _accepted++;
            else if (outcome.Status == OutcomeStatus.Unchanged) _unchanged++;
            else
            {
                _refused++;
                screen.Fail($"Line {line}: {Outcomes.Refused(outcome.Refusal!)}");
            }
        }

        public void Malformed(int line, IEnumerable<string> errors)
        {
            _malformed++;
            screen.Fail($"Line {line} is malformed: {string.Join("; ", errors)}");
        }

        public void Show()
        {
            var text = $"{_accepted} accepted, {_unchanged} unchanged, {_refused} refused, {_malformed} malformed{(_replayed > 0 ? $"; {_replayed} of them were sent before" : "")}";
            if (screen.IsJson) screen.Say(text);
            else screen.Line(text);
        }
    }
}
