using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>
/// Ends what runs for an execution although nobody follows it any more: the agent that started it was killed, or it has left its
/// parent. Known by its environment, which is handed down. Only Linux shows that; elsewhere nothing is found.
/// </summary>
internal static class LeftBehind
{
    private const string Processes = "/proc";
    private const int MostLooks = 100;

    /// <summary>What was ended needs a moment to be gone; looking again at once would only find it still there.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static void Kill(Guid executionId)
    {
        if (!Directory.Exists(Processes)) return;
        var mark = Encoding.ASCII.GetBytes($"{RunInput.Execution}={executionId}\0");
        // Until none is left: one may just have started another. What has ended is in the list until its parent looks, without an environment.
        for (var look = 0; look < MostLooks && KillMarked(mark); look++) Thread.Sleep(Pause);
    }

    private static bool KillMarked(byte[] mark)
    {
        var marked = Directory.EnumerateDirectories(Processes).Select(NumberOf).OfType<int>().Where(id => id != Environment.ProcessId && IsMarked(id, mark)).ToList();
        foreach (var id in marked) End(id);
        return marked.Count > 0;
    }

    private static int? NumberOf(string folder) => int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsMarked(int process, byte[] mark)
    {
        try
        {
            return File.ReadAllBytes($"{Processes}/{process}/environ").AsSpan().IndexOf(mark) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Over, or somebody else's.
            return false;
        }
    }

    private static void End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // Over already.
        }
    }
}
