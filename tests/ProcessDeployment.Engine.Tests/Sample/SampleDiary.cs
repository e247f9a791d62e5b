using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Import;

namespace ProcessDeployment.Engine.Tests.Sample;

/// <summary>Writes down commands in order of time, and lets the domain judge each at once, so that the story stays true.</summary>
internal sealed class SampleDiary
{
    private static readonly Guid Namespace = new("6f3a1d0e-19e7-4c64-9a0c-1d7f9b2f5a01");

    /// <summary>A Monday.</summary>
    private static readonly DateTimeOffset FirstDay = new(2026, 5, 25, 0, 0, 0, TimeSpan.Zero);

    private readonly List<byte[]> _lines = [];
    private readonly Random _random = new(20260525);
    private DateTimeOffset _now = FirstDay;

    public WholeAccount Company { get; } = new();

    public IReadOnlyList<byte[]> Lines => _lines;

    public Random Random => _random;

    /// <summary>Goes to a time of a day; time never goes back.</summary>
    public void At(int day, int hour, int minute = 0)
    {
        var time = FirstDay.AddDays(day).AddHours(hour).AddMinutes(minute);
        if (time > _now) _now = time;
    }

    public Domain.Decision Write(string actor, Command command, string? refusedWith = null)
    {
        _now = _now.AddSeconds(_random.Next(40, 400));
        command = command with { Actor = actor };
        _lines.Add(CommandWriter.ToCloudEvent(NameBasedId.Of(Namespace, $"{_lines.Count + 1}"), Source(actor), command, _now));
        var decision = Company.Take(command);
        decision.Refusal?.Code.ShouldBe(refusedWith, $"{command}");
        (refusedWith is null ? null : decision.Refusal).ShouldBe(decision.Refusal, $"{command}");
        if (refusedWith is not null) decision.Status.ShouldBe(OutcomeStatus.Refused, $"{command}");
        return decision;
    }

    private static string Source(string actor) => actor switch
    {
        SampleCompany.Releases => "//ci.tailspin.example/releases",
        SampleCompany.Admin => "//console.tailspin.example",
        _ => "//designer.tailspin.example",
    };
}
