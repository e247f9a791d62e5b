namespace ProcessDeployment.Fuzzing.Harness;

/// <summary>One parser that faces input.</summary>
internal abstract class Target
{
    /// <summary>On the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Of all executions, how many fall to it.</summary>
    public virtual int Weight => 10;

    /// <summary>What the parser is given.</summary>
    public abstract byte[] Input(Dice dice);

    /// <summary>Gives it, and holds what comes out against what must be true of it.</summary>
    /// <returns>What became of it, in a word, for the tally.</returns>
    /// <exception cref="Broken">Something is not as it must be. Any other exception is one that the parser does not say it throws.</exception>
    public abstract string Judge(byte[] input);
}

/// <summary>What must be true of a parser is not.</summary>
internal sealed class Broken(string what) : Exception(what)
{
    public static void Unless(bool holds, string what)
    {
        if (!holds) throw new Broken(what);
    }
}
