using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ProcessDeployment.AtomAgent;

/// <summary>
/// The token, read from its file each time it is used, so that another can be put there while the agent runs. One that the
/// engine refused is not shown to it again until another is there, or an hour has passed.
/// </summary>
internal sealed class TokenFile(AgentOptions options, ILogger<TokenFile> log)
{
    /// <summary>Somebody puts a file there by hand and tells nobody; a look costs next to nothing.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TryAgain = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private string? _refused;
    private long _refusedAt;

    /// <exception cref="EngineTroubleException">The file cannot be read.</exception>
    public string Read()
    {
        try
        {
            return File.ReadAllText(options.TokenFile).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineTroubleException($"The token cannot be read: {e.Message}");
        }
    }

    /// <summary>Remembers that the engine does not take it.</summary>
    public void Refuse(string token, string why)
    {
        lock (_lock)
        {
            if (!string.Equals(_refused, token, StringComparison.Ordinal))
                log.LogCritical("The engine does not let this Atom in: {Why} What runs goes on; put a new token into {File}, it is read by itself", why, options.TokenFile);
            (_refused, _refusedAt) = (token, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Waits until there is a token that the engine has not refused. Asks nobody meanwhile.</summary>
    public async Task UsableAsync(CancellationToken cancellation)
    {
        while (!IsUsable()) await Task.Delay(LookAgain, cancellation);
    }

    private bool IsUsable()
    {
        lock (_lock)
        {
            if (_refused is null || Stopwatch.GetElapsedTime(_refusedAt) > TryAgain) return true;
        }

        try
        {
            return !string.Equals(Read(), _refused, StringComparison.Ordinal);
        }
        catch (EngineTroubleException)
        {
            return false;
        }
    }
}
