using System.CommandLine;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Runs the engine. It is started before verbs are looked at; this one is here for its help.</summary>
internal static class ServeVerb
{
    public const string Name = "serve";

    public static Command Create() => new Verb(
        Name, "Run the engine until it is stopped; also what happens without any verb", "serve", "serve --urls http://localhost:5081")
    { TreatUnmatchedTokensAsErrors = false };
}
