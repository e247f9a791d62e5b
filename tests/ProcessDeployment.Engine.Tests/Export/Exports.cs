using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Export;

/// <summary>Asks for exports over HTTP, as an auditor's script does.</summary>
internal static class Exports
{
    /// <summary>A moment that neither the event before it nor the one after it has.</summary>
    public static async Task<DateTimeOffset> NowAsync(this EngineFixture engine)
    {
        await using var clock = engine.Owner.CreateCommand("select clock_timestamp()");
        return new DateTimeOffset((DateTime)(await clock.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).AddMicroseconds(1);
    }

    /// <summary>The state of an export, once it is done.</summary>
    public static async Task<JsonElement> ExportAsync(this TestAccount account, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var (status, state) = await Eventually.BecomesAsync(
            () => account.StartExportAsync($"{(from is { } f ? $"&from={f.UtcDateTime:O}" : "")}{(to is { } t ? $"&to={t.UtcDateTime:O}" : "")}"),
            answer => answer.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.Accepted));
        status.ShouldBe(HttpStatusCode.OK, state.ToString());
        return state;
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> StartExportAsync(this TestAccount account, string query)
    {
        using var response = await account.Http.PostAsync(new Uri($"/api/v1/audit/export?{query.TrimStart('&')}", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    public static Task<byte[]> DownloadAsync(this TestAccount account, JsonElement state) =>
        account.Http.GetByteArrayAsync(new Uri(state.Text("bundle")!, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Unpacks a bundle and has both verifiers check it.</summary>
    public static async Task<Verifying.Verdict> VerifyAsync(byte[] bundle, params string[] options)
    {
        var folder = await UnpackAsync(bundle);
        try
        {
            return await Verifying.VerifyAsync(folder, options);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The folder of an unpacked bundle; whoever asked deletes it.</summary>
    public static async Task<string> UnpackAsync(byte[] bundle)
    {
        var folder = Directory.CreateTempSubdirectory("process-deployment-export-").FullName;
        await ZipFile.ExtractToDirectoryAsync(new MemoryStream(bundle), folder, TestContext.Current.CancellationToken);
        return folder;
    }

    public static string FileIn(byte[] bundle, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(bundle));
        using var reader = new StreamReader(archive.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static IReadOnlyList<long> PositionsIn(byte[] bundle) =>
        [.. FileIn(bundle, "events.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("position").GetInt64())];
}
