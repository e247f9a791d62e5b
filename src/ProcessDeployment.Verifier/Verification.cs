using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier;

/// <summary>A call of the program: 0 = proven, 1 = altered, 2 = cannot be judged.</summary>
public static class Verification
{
    public const int Proven = 0;
    public const int Altered = 1;
    public const int Unreadable = 2;

    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var report = new Report(output);
        try
        {
            var arguments = Arguments.Of(args);
            using var bundle = Bundle.Open(arguments.Bundle);
            new BundleCheck(bundle, arguments, report).Run();
            return report.Conclude();
        }
        catch (UnreadableException e)
        {
            error.WriteLine(e.Message);
            // What was found wrong before counts more than what could not be read after it.
            return report.IsGood ? Unreadable : report.Conclude();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a bundle is made to do, who runs this gets an answer.
            error.WriteLine($"Cannot be read: {e.Message}");
            return report.IsGood ? Unreadable : report.Conclude();
        }
    }
}
