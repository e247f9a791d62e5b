namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Work that takes seconds without waiting for anybody, on a thread of its own: the pool's are for what waits.</summary>
internal static class Threads
{
    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
