using System.Diagnostics;

namespace ProcessDeployment.Embedded.Tests;

internal static class Shell
{
    public static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }
}
