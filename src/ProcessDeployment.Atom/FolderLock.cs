using System.Globalization;

namespace ProcessDeployment.AtomAgent;

/// <summary>Holds the folder for this process: several agents may run on a machine, each with a folder of its own.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _held;

    private FolderLock(FileStream held) => _held = held;

    /// <exception cref="AgentStartException">Another agent has it, or it cannot be written to.</exception>
    public static FolderLock Take(string folder)
    {
        var holder = Path.Combine(folder, "agent.pid");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentStartException($"{folder} cannot be made: {e.Message}");
        }

        try
        {
            // The system lets go of it when the process ends, however it ends.
            var held = new FileStream(Path.Combine(folder, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new AgentStartException($"{folder} cannot be written to: {e.Message}");
        }
        catch (IOException)
        {
            throw new AgentStartException($"Another agent{(File.Exists(holder) ? $" (process {File.ReadAllText(holder)})" : "")} uses {folder}. Give each agent a folder of its own with --Folder=…");
        }
    }

    public void Dispose() => _held.Dispose();
}
