using ProcessDeployment.Verifier.Bundles;
using ProcessDeployment.Verifier.Checkpoints;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>
/// That exactly the events of the period are shown as such. Times never go back within an account, so the times of the event
/// right before it and of the one right after it tell that there is no other.
/// </summary>
internal sealed class PeriodCheck(Manifest manifest, Period period, Checkpoint checkpoint, Report report)
{
    private string _before = "";
    private (long Position, string Why)? _bad;

    /// <summary>The events in their order.</summary>
    public void Take(EventFacts facts)
    {
        if (_bad is null && Why(facts) is { } why) _bad = (facts.Position, why);
        _before = facts.Time;
    }

    public void End()
    {
        if (_bad is { } bad) report.Bad("period", bad.Why, bad.Position);
        var outer = Outer();
        if (outer is not null) report.Bad("period", outer);
        if (_bad is not null || outer is not null) return;
        report.Good("period", $"{(period.Last < period.First ? "nothing happened in it" : $"positions {period.First} to {period.Last} are all there was in it")}{(period.Closed ? "" : $", up to position {manifest.Size}")}");
        if (!period.Closed) report.Note("period", "it was not over, or not settled, when the checkpoint was made: more may have happened in it after that");
    }

    private string? Why(EventFacts facts)
    {
        if (Period.Normal(facts.Time) != facts.Time) return "its time has not the form of times";
        if (string.CompareOrdinal(facts.Time, _before) < 0) return "its time is before that of the event before it, and times never go back";
        var (early, late) = (period.From is not null && string.CompareOrdinal(facts.Time, period.From) < 0, period.To is not null && string.CompareOrdinal(facts.Time, period.To) >= 0);
        if (period.Has(facts.Position)) return early ? "it happened before the period" : late ? "it happened after the period" : null;
        if (facts.Position < period.First) return early ? null : "it happened in the period, or after it, and the manifest says before";
        return late ? null : "it happened in the period, or before it, and the manifest says after";
    }

    private string? Outer()
    {
        if (period.First < 1 || period.Last < period.First - 1 || period.Last > manifest.Size) return "its positions do not fit each other";
        if (period.From is null && period.First != 1) return "it has no beginning, but not all events are in it";
        if (period.To is null && period.Last != manifest.Size) return "it has no end, but not all events are in it";
        if (manifest.First != Math.Max(1, period.First - 1)) return "the event right before it is not shown";
        if (manifest.Last != Math.Min(manifest.Size, period.Last + 1)) return "the event right after it is not shown";
        return !period.Closed ? null
            : period.To is null ? "it has no end and cannot be over"
            : string.CompareOrdinal(checkpoint.Time, period.To) < 0 ? "the checkpoint was made before its end, so it was not over" : null;
    }
}
