namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Programs that every Linux has.</summary>
internal static class Shell
{
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var run = OsProcess.Start(program, arguments);
        await run.WaitForExitAsync();
        run.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }
}

/// <summary>Signals to processes.</summary>
internal static class Signals
{
    public static async Task SendAsync(string signal, int processId)
    {
        using var kill = OsProcess.Start("kill", [$"-{signal}", $"{processId}"]);
        await kill.WaitForExitAsync();
    }
}
