using System.Buffers;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>Sends commands: one, or a batch of CloudEvents as they are.</summary>
internal static class Commands
{
    private const string One = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    /// <summary>The outcome, also of a refused command.</summary>
    public static async Task<(Outcome Outcome, string Body)> SendAsync(this ApiClient api, ReadOnlyMemory<byte> cloudEvent, CancellationToken ct)
    {
        var answer = await api.PostAsync("commands", One, cloudEvent, ct);
        if (answer.Status is not (200 or 409)) throw Problems.Of(answer);
        var outcome = answer.Json.Element.Deserialize<Outcome>(WireJson.Options)!;
        api.MustContain(outcome.Position);
        return (outcome, answer.Body);
    }

    /// <summary>What a command would do; nothing is done.</summary>
    public static Task<ApiAnswer> PreviewAsync(this ApiClient api, ReadOnlyMemory<byte> cloudEvent, CancellationToken ct) => api.PostAsync("preview", One, cloudEvent, ct);

    /// <summary>An answer per item: an outcome, or what is wrong with it.</summary>
    public static async Task<IReadOnlyList<BatchItem>> SendAsync(this ApiClient api, IEnumerable<ReadOnlyMemory<byte>> cloudEvents, CancellationToken ct)
    {
        var answer = Problems.Checked(await api.PostAsync("commands", Batch, Body(cloudEvents), ct));
        List<BatchItem> items = [.. answer.Json.Items.Select(BatchItem.Of)];
        if (items.Any(item => item.Outcome is not null)) api.MustContain(items.Max(item => item.Outcome?.Position ?? 0));
        return items;
    }

    private static ReadOnlyMemory<byte> Body(IEnumerable<ReadOnlyMemory<byte>> cloudEvents)
    {
        var body = new ArrayBufferWriter<byte>(64 * 1024);
        body.Write("["u8);
        foreach (var cloudEvent in cloudEvents)
        {
            if (body.WrittenCount > 1) body.Write(",\n"u8);
            body.Write(cloudEvent.Span);
        }

        body.Write("]"u8);
        return body.WrittenMemory;
    }
}

/// <summary>What became of one command of a batch.</summary>
/// <param name="Outcome">Null when it was malformed.</param>
/// <param name="Errors">What is wrong with a malformed one.</param>
/// <param name="Body">As it was answered.</param>
internal sealed record BatchItem(Outcome? Outcome, IReadOnlyList<string> Errors, string Body)
{
    /// <summary>A line that no engine was asked about, in the form of the others.</summary>
    public static BatchItem NotSent(int line, string mistake) => new(
        null, [mistake], JsonSerializer.Serialize(new { Status = "malformed", Errors = new[] { new MemberError($"line {line}", mistake) } }, WireJson.Options));

    public static BatchItem Of(Json item) => item["status"].Text == "malformed"
        ? new(null, [.. Problems.Errors(item["errors"])], item.Element.GetRawText())
        : new(item.Element.Deserialize<Outcome>(WireJson.Options), [], item.Element.GetRawText());
}
