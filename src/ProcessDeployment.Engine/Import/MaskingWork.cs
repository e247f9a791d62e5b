namespace ProcessDeployment.Engine.Import;

/// <summary>Counts how often places of encrypted values are compared with what a component holds, since anybody may list them.</summary>
internal sealed class MaskingWork
{
    /// <summary>A few tenths of a second; a real component needs some thousands.</summary>
    public const int Most = 5_000_000;

    private int _left = Most;

    /// <exception cref="ComponentFileException">It is enough.</exception>
    public void Count()
    {
        if (--_left < 0) throw new ComponentFileException("lists more places of encrypted values than can be looked for in what it holds");
    }
}
