namespace ProcessDeployment.Verifier;

/// <summary>What was looked at, and what was found to be wrong, as it is found.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<Finding> _findings = [];

    /// <summary>How much could not be told.</summary>
    public int Open { get; private set; }

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

    /// <summary>Nothing is known to be wrong with it, but it takes more than was given to tell.</summary>
    public void Unjudged(string what, string detail)
    {
        Open++;
        output.WriteLine($"  OPEN     {what,-11} {detail}");
    }

    public int Conclude()
    {
        output.WriteLine(IsGood ? Open > 0 ? "CANNOT BE JUDGED" : "PROVEN" : FirstBad is { } position ? $"ALTERED, first at position {position}" : "ALTERED");
        return !IsGood ? Verification.Altered : Open > 0 ? Verification.Unreadable : Verification.Proven;
    }

    private sealed record Finding(long? Position);
}
