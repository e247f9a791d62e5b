using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ProcessDeployment.Verifier;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>The sealed ledger as an auditor sees it: takes a checkpoint along, and verifies what he is given later against it.</summary>
internal sealed class LedgerOfEngine(string url) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new(url) };

    /// <summary>The first checkpoint that covers a position.</summary>
    public async Task<string> CheckpointAsync(long position)
    {
        var checkpoint = "";
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await _http.GetAsync($"/api/v1/ledger/checkpoint?covering={position}");
                checkpoint = await answer.Content.ReadAsStringAsync();
                return answer.IsSuccessStatusCode;
            },
            () => $"Position {position} is not sealed: {checkpoint}");
        return checkpoint;
    }

    /// <summary>What the engine itself says is wrong with it.</summary>
    public async Task<string> TroubleAsync()
    {
        var trouble = (string?)null;
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    using var answer = await _http.GetAsync("/health/ready");
                    var ledger = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("name").GetString() == "ledger");
                    return !ledger.GetProperty("healthy").GetBoolean() && (trouble = ledger.GetProperty("detail").GetString()) is not null;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            () => "The ledger is well.");
        return trouble!;
    }

    /// <summary>The exit code of the verifier over an export of everything.</summary>
    public async Task<int> VerifyAsync(string kept)
    {
        var folder = Directory.CreateTempSubdirectory("process-deployment-export-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "kept.json"), kept);
            await using (var file = File.Create(Path.Combine(folder, "export.zip"))) await (await ExportAsync()).CopyToAsync(file);
            using var said = new StringWriter();
            var code = Verification.Run([Path.Combine(folder, "export.zip"), "--checkpoint", Path.Combine(folder, "kept.json")], said, said);
            TestContext.Current.TestOutputHelper?.WriteLine(said.ToString());
            return code;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Stream> ExportAsync()
    {
        // Each request for one is noted in the history, so only one is made, unless the engine itself says that it is too early:
        // it has just started, and its lists do not contain that note within the time of an answer.
        var state = default(JsonElement);
        await Until.TrueAsync(
            async () =>
            {
                using var begun = await _http.PostAsJsonAsync("/api/v1/audit/export", new { });
                state = await begun.Content.ReadFromJsonAsync<JsonElement>();
                if (begun.StatusCode == HttpStatusCode.ServiceUnavailable && begun.Headers.RetryAfter is not null) return false;
                begun.IsSuccessStatusCode.ShouldBeTrue(state.ToString());
                return true;
            },
            () => $"No export begins: {state}");
        var export = $"/api/v1/audit/export/{state.GetProperty("exportId").GetString()}";
        await Until.TrueAsync(
            async () => (state = await _http.GetFromJsonAsync<JsonElement>(export)).GetProperty("state").GetString() == "done",
            () => $"The export does not end: {state}");
        return await _http.GetStreamAsync(state.GetProperty("bundle").GetString());
    }
}
