using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>
/// What is known of runs, on disk: <c>runs/{execution}.jsonl</c>, to which each step adds a line that is forced to the disk
/// before what it says is done. A line that a crash cut off was never acted on.
/// </summary>
internal sealed class RunFolder
{
    /// <summary>So many of those that are over are remembered; the engine remembers all.</summary>
    private const int MostOver = 1_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ILogger<RunFolder> _log;
    private readonly string _runs;
    private readonly ConcurrentDictionary<Guid, RunRecord> _known = new();
    private readonly Queue<Guid> _over = new();
    private readonly HashSet<Guid> _unwritten = [];
    private readonly Lock _lock = new();

    public RunFolder(AgentOptions options, ILogger<RunFolder> log)
    {
        _log = log;
        _runs = Private(Path.Combine(options.Folder, "runs"));
        foreach (var file in new DirectoryInfo(_runs).EnumerateFiles("*.jsonl").OrderBy(file => file.LastWriteTimeUtc))
        {
            if (Read(file.FullName) is not { } record) continue;
            _known[record.ExecutionId] = record;
            if (record.Step == RunStep.Told) _over.Enqueue(record.ExecutionId);
        }
    }

    public IEnumerable<RunRecord> At(RunStep step) => _known.Values.Where(record => record.Step == step);

    public RunRecord? Find(Guid executionId) => _known.GetValueOrDefault(executionId);

    /// <summary>On disk before it is done.</summary>
    /// <exception cref="IOException">The disk does not take it: it is not to be done.</exception>
    public void Write(RunRecord record)
    {
        lock (_lock)
        {
            Append(record);
            _known[record.ExecutionId] = record;
        }
    }

    /// <summary>What has come about already is known whether or not the disk takes it; it is written again at each look.</summary>
    public void Keep(RunRecord record)
    {
        lock (_lock)
        {
            var isNew = Find(record.ExecutionId)?.Step != record.Step;
            _known[record.ExecutionId] = record;
            if (record.Step == RunStep.Told && isNew) _over.Enqueue(record.ExecutionId);
            TryDisk(record.ExecutionId, () =>
            {
                Append(record);
                _unwritten.Remove(record.ExecutionId);
            });
            while (_over.Count > MostOver && _over.TryDequeue(out var oldest)) TryDisk(oldest, () => Forget(oldest));
        }
    }

    /// <summary>Writes what the disk did not take.</summary>
    public void KeepUnwritten()
    {
        lock (_lock)
        {
            foreach (var executionId in _unwritten.ToList()) Keep(_known[executionId]);
        }
    }

    /// <summary>Nothing was begun, and nothing will be.</summary>
    public void Forget(Guid executionId)
    {
        lock (_lock)
        {
            _known.TryRemove(executionId, out _);
            _unwritten.Remove(executionId);
            File.Delete(FileOf(executionId));
        }
    }

    /// <summary>An empty folder for a run.</summary>
    public string Make(Guid executionId)
    {
        Remains.Delete(Of(executionId));
        return Private(Of(executionId));
    }

    /// <summary>Throws away what a run had to itself, the values that it was given too. What cannot be thrown away holds nothing up.</summary>
    public void Clear(Guid executionId) => Clear(Of(executionId));

    /// <summary>The same of every run: of an agent that died something may have stayed, whatever step it was at.</summary>
    public void ClearAll()
    {
        foreach (var left in Directory.EnumerateDirectories(_runs)) Clear(left);
    }

    private void Clear(string left)
    {
        try
        {
            Remains.Delete(left);
        }
        catch (IOException e)
        {
            _log.LogError("{Folder} cannot be thrown away and stays: {Reason}", left, e.Message);
        }
    }

    private void Append(RunRecord record)
    {
        using var file = new FileStream(FileOf(record.ExecutionId), FileMode.Append, FileAccess.Write);
        // A line that was cut off ends here and stays unread.
        file.WriteByte((byte)'\n');
        JsonSerializer.Serialize(file, record, Json);
        file.WriteByte((byte)'\n');
        file.Flush(flushToDisk: true);
    }

    private void TryDisk(Guid executionId, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Once, not at each look.
            if (!_known.ContainsKey(executionId) || _unwritten.Add(executionId)) _log.LogError("What became of execution {Execution} is not on disk: {Reason}", executionId, e.Message);
        }
    }

    private static RunRecord? Read(string file)
    {
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0).Reverse())
        {
            try
            {
                if (JsonSerializer.Deserialize<RunRecord>(line, Json) is { } record) return record;
            }
            catch (JsonException)
            {
                // Then the line before it counts.
            }
        }

        return null;
    }

    /// <summary>Nobody else is to read what extensions are set to.</summary>
    private static string Private(string folder) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).FullName;

    private string Of(Guid executionId) => Path.Combine(_runs, executionId.ToString());

    private string FileOf(Guid executionId) => Path.Combine(_runs, $"{executionId}.jsonl");
}
