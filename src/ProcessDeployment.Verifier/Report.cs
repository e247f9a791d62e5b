namespace ProcessDeployment.Verifier;

/// <summary>What was looked at, and what was found to be wrong, as it is found.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<Finding> _findings = [];

    public bool IsGood => _findings.Count == 0;

    /// <summary>The first position that is known to be wrong.</summary>
    public long? FirstBad => _findings.Min(finding => finding.Position);

    public void Good(string what, string detail) => output.WriteLine($"  ok       {what,-11} {detail}");

    /// <summary>Nothing is wrong with it, but a person should know.</summary>
    public void Note(string what, string detail) => output.WriteLine($"  note     {what,-11} {detail}");

    public void Bad(string what, string detail, long? position = null)
    {
        _findings.Add(new(position));
        output.WriteLine($"  ALTERED  {what,-11} {(position is null ? "" : $"position {position}: ")}{detail}");
    }

    public int Conclude()
    {
        output.WriteLine(IsGood ? "PROVEN" : FirstBad is { } position ? $"ALTERED, first at position {position}" : "ALTERED");
        return IsGood ? Verification.Proven : Verification.Altered;
    }

    private sealed record Finding(long? Position);
}
