namespace ProcessDeployment.Verifier;

internal static class VerifierProgram
{
    private static int Main(string[] args) => Verification.Run(args, Console.Out, Console.Error);
}
