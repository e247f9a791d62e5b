using ProcessDeployment.Engine.Import;
using Spectre.Console;

namespace ProcessDeployment.Engine.CommandLine.Output;

/// <summary>A bar per stage. Stages report from several threads.</summary>
internal sealed class Bars(ProgressContext context) : IProgress<ImportProgress>
{
    private readonly Dictionary<string, ProgressTask> _tasks = [];

    public void Report(ImportProgress value)
    {
        lock (_tasks)
        {
            if (!_tasks.TryGetValue(value.Stage, out var task)) _tasks.Add(value.Stage, task = context.AddTask(value.Stage));
            task.MaxValue = Math.Max(1, value.Total);
            // Reports may overtake each other; a bar never goes back.
            task.Value = value.Total == 0 ? 1 : Math.Max(task.Value, value.Done);
        }
    }
}
