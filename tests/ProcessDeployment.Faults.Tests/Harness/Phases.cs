using System.Diagnostics;
using System.Globalization;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Where the time of a round goes.</summary>
internal sealed class Phases
{
    private readonly List<string> _ended = [];
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>What lasted until now, and the next begins.</summary>
    public TimeSpan End(string phase)
    {
        var lasted = Stopwatch.GetElapsedTime(_since);
        _ended.Add(string.Create(CultureInfo.InvariantCulture, $"{phase} {lasted.TotalSeconds:0.0} s"));
        _since = Stopwatch.GetTimestamp();
        return lasted;
    }

    public override string ToString() => string.Join(", ", _ended);
}
