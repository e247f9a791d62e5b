using System.Globalization;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row C1: the clock of the engine is an hour behind, three days ahead, and jumps by seconds while it works.</summary>
[Collection(Rig_of_engines.Name)]
public sealed class Having_a_wrong_clock(Rig rig) : Under_faults(rig)
{
    private static readonly string[] Wrong = ["-1h", "+3d", "-10", "+10"];

    private readonly string _offset = Path.GetTempFileName();
    private readonly DateTimeOffset _begun = DateTimeOffset.UtcNow;

    private static string? Library => Directory.EnumerateDirectories("/usr/lib").Append("/usr/lib")
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    public override ValueTask InitializeAsync()
    {
        Set("+0");
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Library is not null) await Rig.RestartEngineAsync(("LD_PRELOAD", null), ("FAKETIME_TIMESTAMP_FILE", null));
        File.Delete(_offset);
    }

    [Fact]
    public async Task changes_no_order_and_no_time_of_an_event()
    {
        Assert.SkipWhen(Library is null, "No libfaketime: install it to run the tests of wrong clocks.");
        await RoundsAsync("C1", "clock at -1 h, +3 d, jumping by 10 s", async (random, report) =>
        {
            await KillBeforeAsync();
            await SurvivesAsync(
                random, report,
                async load =>
                {
                    foreach (var offset in random.GetItems(Wrong, 4))
                    {
                        Set(offset);
                        await load.AnsweredAsync(random.Next(100, 400), onEachChannel: 20);
                    }
                },
                () =>
                {
                    Set("+0");
                    return Task.CompletedTask;
                });
            foreach (var account in Ledger.Accounts) account.History.ShouldAllBe(row => row.Recorded.Time > _begun.AddHours(-12) && row.Recorded.Time < DateTimeOffset.UtcNow.AddMinutes(1));
            (await DurationsAsync()).ShouldAllBe(seconds => seconds >= 0);
        });
    }

    /// <summary>What the killed one did is taken over while the clock is wrong: that is when most is judged by it.</summary>
    private Task KillBeforeAsync() => Rig.RestartEngineAsync(("LD_PRELOAD", Library), ("FAKETIME_TIMESTAMP_FILE", _offset), ("FAKETIME_CACHE_DURATION", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"));

    private void Set(string offset) => File.WriteAllText(_offset, offset);

    private async Task<List<double>> DurationsAsync()
    {
        using var http = new HttpClient { BaseAddress = new(Engine.Url) };
        return [.. (await http.GetStringAsync("/metrics")).Split('\n').Where(line => line.Contains("duration_seconds_sum", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ')[^2] is var value && double.TryParse(value, CultureInfo.InvariantCulture, out _) ? value : line.Split(' ')[^1], CultureInfo.InvariantCulture))];
    }
}
