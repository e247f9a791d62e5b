namespace ProcessDeployment.Fuzzing.Harness;

/// <summary>Chance that comes out the same wherever it is repeated: SplitMix64, which no runtime changes.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The dice of one execution, so that it can be thrown alone.</summary>
    public static Dice Of(ulong seed, long execution) => new(unchecked((seed * 0x9E3779B97F4A7C15) ^ ((ulong)execution * 0xD1B54A32D192ED03)));

    public ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>From 0 to below a number.</summary>
    public int Below(int most) => (int)(Next() % (ulong)most);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool OneIn(int times) => Below(times) == 0;

    public T Of<T>(IReadOnlyList<T> some) => some[Below(some.Count)];

    /// <summary>Small ones mostly, and sometimes one at a limit.</summary>
    public long Number() => Below(6) switch
    {
        0 => 0,
        1 => -1,
        2 => Below(100),
        3 => (long)Next(),
        4 => Of([int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1L << 53, 0xFFFF, 255]),
        _ => Below(100_000),
    };
}
