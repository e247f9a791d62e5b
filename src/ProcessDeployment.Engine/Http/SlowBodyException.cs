using System.Globalization;

namespace ProcessDeployment.Engine.Http;

/// <summary>A sender keeps others waiting: few large bodies are read at once.</summary>
internal sealed class SlowBodyException(int large, TimeSpan patience) : Exception(string.Create(
    CultureInfo.InvariantCulture, $"A body over {large} bytes must come within {patience.TotalSeconds} s once it is being read; send fewer commands at once, or over a faster connection."));
