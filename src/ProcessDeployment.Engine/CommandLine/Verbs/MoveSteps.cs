using System.Text;
using System.Text.Json;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.Homes.Moving;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The single steps of a move, as the engines of the two homes take them.</summary>
internal static class MoveSteps
{
    public static Task<ApiAnswer> LeaveAsync(ApiClient source, string account, string to, CancellationToken ct) => PostAsync(source, account, "leave", JsonSerializer.Serialize(new { to }), ct);

    public static Task FetchAsync(ApiClient source, string account, string file, CancellationToken ct)
    {
        // A file of the same account is one of another moment: nothing of it is gone on with.
        File.Delete($"{file}.part");
        return source.DownloadAsync($"accounts/{account}/history", account, file, ct);
    }

    public static Task<ApiAnswer> ArriveAsync(ApiClient target, string account, string file, CancellationToken ct) => target.PutFileAsync($"accounts/{account}/history", MoveManifest.MediaType, file, ct);

    public static Task<ApiAnswer> LetGoAsync(ApiClient source, string account, string arrived, CancellationToken ct) => PostAsync(source, account, "left", arrived, ct);

    public static Task<ApiAnswer> OpenAsync(ApiClient target, string account, string receipt, CancellationToken ct) => PostAsync(target, account, "open", receipt, ct);

    public static Task<ApiAnswer> StayAsync(ApiClient home, string account, CancellationToken ct) => home.StartAsync($"accounts/{account}/stay", ct);

    /// <summary>Waits until the other home could open it: its lists are made of the events, which takes as long as there are many.</summary>
    public static Task<ApiAnswer> ReadyAsync(ApiClient target, string account, CancellationToken ct) => PatientAsync(() => target.AskAsync($"accounts/{account}/arrival", Query.None, ct), ct);

    /// <summary>Asks until what passes by itself has passed.</summary>
    public static async Task<ApiAnswer> PatientAsync(Func<Task<ApiAnswer>> step, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await step();
            }
            catch (CommandLineException e) when (e.Answer is { } body && Passes(body))
            {
                // The client has paused between its own attempts.
                ct.ThrowIfCancellationRequested();
            }
        }
    }

    private static bool Passes(string problem) => problem.Contains("\"read-model-behind\"", StringComparison.Ordinal) || problem.Contains("\"not-sealed-yet\"", StringComparison.Ordinal);

    private static async Task<ApiAnswer> PostAsync(ApiClient home, string account, string step, string body, CancellationToken ct) =>
        Problems.Checked(await home.PostAsync($"accounts/{account}/{step}", MediaTypes.Json, Encoding.UTF8.GetBytes(body), ct));
}
