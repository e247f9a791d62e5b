using System.Runtime.InteropServices;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Work that takes seconds on a thread of its own, behind everybody who asks meanwhile: questions go first when processors are short.</summary>
internal static class QuietThread
{
    /// <summary>In the middle between as important as all others (0) and whatever nobody else wants (19).</summary>
    private const int Niceness = 10;

    /// <summary>The thread ends with the work: on Linux a thread that has stepped back cannot step forward again.</summary>
    public static Task<T> RunAsync<T>(Func<T> work) => Task.Factory.StartNew(
        () =>
        {
            StepBack();
            return work();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
        TaskScheduler.Default);

    private static void StepBack()
    {
        // .NET passes priorities on to Windows only.
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            // 0 and 0: of this thread alone, other than the name of the function says. Whether it is granted changes nothing but the order.
            _ = SetPriority(0, 0, Niceness);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name: this thread is as important as the others.
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);
}
